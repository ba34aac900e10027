/** `npm run soak`: the same life of a deployment again and again, to see whether anything is left. */
import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { ComposeProject } from "../src/deployment/project.ts";
import { LOCK_FOLDER_VARIABLE } from "../src/lock/folder.ts";
import { table } from "../src/text/table.ts";
import { gaugesOf } from "./gauges.ts";
import { type SoakOptions, soakRound } from "./round.ts";
import { judge, type Series } from "./verdict.ts";

/** Exit code of a run that was stopped: 128 and the number of SIGINT. */
const CANCELED_EXIT_CODE = 130;

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => stop.abort());
}

await new Command("soak")
  .description("Deploys, changes, heals and destroys Lago many times, and looks for what is left.")
  .option("--rounds <count>", "how many times", wholeNumber, 100)
  .option("--json <file>", "write the measurements to a file too")
  .action(async ({ rounds, json }: { rounds: number; json?: string }) => {
    process.exitCode = await soak(rounds, json);
  })
  .parseAsync();

async function soak(rounds: number, json: string | undefined): Promise<number> {
  const project = `zbl-soak-${randomBytes(4).toString("hex")}`;
  const folder = mkdtempSync(join(tmpdir(), "zbl-soak-"));
  const folders = { temporary: join(folder, "temporary"), locks: join(folder, "locks") };
  mkdirSync(folders.temporary);
  mkdirSync(folders.locks);
  // Whatever this process and its children leave is found there.
  process.env.TMPDIR = folders.temporary;
  process.env[LOCK_FOLDER_VARIABLE] = folders.locks;

  const gauges = gaugesOf(project, folders);
  const series = gauges.map(({ name, kind }) => ({ name, kind, values: [] as number[] }));
  const options = soakOptions(project);
  const startedMs = performance.now();
  try {
    for (let round = 1; round <= rounds && !stop.signal.aborted; round += 1) {
      const times: string[] = [];
      await soakRound(options, (step, ms) => times.push(`${step} ${(ms / 1000).toFixed(1)} s`));
      for (const [index, { read }] of gauges.entries()) {
        series[index]?.values.push(await read());
      }
      process.stderr.write(`round ${round} of ${rounds}: ${times.join(", ")}\n`);
    }
  } finally {
    await new ComposeProject(project).stop({ removeVolumesOf: project });
    rmSync(folder, { recursive: true, force: true });
  }
  if (stop.signal.aborted) {
    process.stderr.write("Stopped; everything that was made is removed.\n");
    return CANCELED_EXIT_CODE;
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  process.stdout.write(`${rounds} rounds in ${seconds} s\n\n${soakTable(series)}\n`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ rounds, seconds, series }, undefined, 2)}\n`);
  }
  return series.every((one) => judge(one).flat) ? 0 : 1;
}

function soakTable(series: readonly Series[]): string {
  const rows = series.map((one) => {
    const { flat, first, median, last, per10Rounds } = judge(one);
    const numbers = [first, median, last, per10Rounds].map((value) =>
      one.kind === "count" && Number.isInteger(value) ? String(value) : value.toFixed(1),
    );
    return [one.name, ...numbers, flat ? "flat" : "GROWS"];
  });
  return table(["GAUGE", "FIRST", "MEDIAN", "LAST", "PER 10 ROUNDS", "VERDICT"], rows);
}

/** Values for all that the bundled file cannot do without, and ports that nobody else is likely to have. */
function soakOptions(projectName: string): SoakOptions {
  const random = () => randomBytes(32).toString("hex");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const first = randomInt(20_000, 29_998);
  return {
    projectName,
    ports: { api: first, front: first + 1 },
    signal: stop.signal,
    environment: {
      SECRET_KEY_BASE: random(),
      LAGO_RSA_PRIVATE_KEY: Buffer.from(pem).toString("base64"),
      LAGO_ENCRYPTION_PRIMARY_KEY: random(),
      LAGO_ENCRYPTION_DETERMINISTIC_KEY: random(),
      LAGO_ENCRYPTION_KEY_DERIVATION_SALT: random(),
      POSTGRES_PASSWORD: random(),
    },
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("expected a whole number, 1 or more.");
  }
  return value;
}
