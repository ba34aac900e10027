/**
 * `npm run soak`: lives through the life of a deployment again and again on the real engine, and says
 * whether anything grows: memory, descriptors, processes, locks, or what is left on the host.
 *
 *     npm run soak [-- --rounds N] [--pulumi-every N] [--json FILE]
 *
 * The engine runs as a library in this one process, as in a program of yours that deploys for months.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newAlphanumeric, newRsaPrivateKey, newSecretKeyBase } from "../src/config/generate.ts";
import { TEST_PREFIX } from "../test/e2e/support/docker.ts";
import { freePort } from "../test/e2e/support/ports.ts";
import { runScript } from "./entry.ts";
import { setUp } from "./setup/all.ts";
import type { SetupContext } from "./setup/context.ts";
import { duration, withoutOk } from "./setup/report.ts";
import { parseSoakArguments, type SoakArguments } from "./soak/arguments.ts";
import { measure } from "./soak/measure.ts";
import { liveThroughPulumi } from "./soak/pulumi-round.ts";
import type { Measurement } from "./soak/quantities.ts";
import { reportOf, reportText } from "./soak/report.ts";
import { liveThrough, removeAll, type Subject } from "./soak/round.ts";

await runScript(async (context) => {
  const args = parseSoakArguments(process.argv.slice(2));
  const quiet = { ...context, report: withoutOk(context.report) };
  await setUp(quiet, ["pulumi", "plugin", "docker", "images"]);
  // Whatever is left there is ours: others may use the usual folder meanwhile.
  const temporary = await mkdtemp(join(tmpdir(), "zbl-soak-"));
  process.env.TMPDIR = temporary;
  const subject = await newSubject();
  try {
    const report = reportOf(await soak(context, args, subject, temporary));
    process.stdout.write(`\n${reportText(report)}\n`);
    if (args.json !== undefined) {
      await writeFile(args.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    return report.flat ? 0 : 1;
  } finally {
    await removeAll(context, subject);
    await rm(temporary, { recursive: true, force: true });
  }
});

async function soak(
  context: SetupContext,
  { rounds, pulumiEvery }: SoakArguments,
  subject: Subject,
  temporary: string,
): Promise<Measurement[]> {
  const { report } = context;
  const measurements: Measurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const durations = await liveThrough(context, subject);
    if (pulumiEvery > 0 && round % pulumiEvery === 0) {
      const ms = await liveThroughPulumi(`${subject.projectName}-pulumi`);
      report.detail(`round ${round}: the same by Pulumi (${duration(ms)})`);
    }
    const traces = { prefix: subject.projectName, temporary };
    const found = await measure(context, traces);
    measurements.push(found);
    const steps = Object.entries(durations).map(([name, ms]) => `${name} ${duration(ms)}`);
    const sizes = `${found.rssMb.toFixed(1)} MB, ${found.descriptors} descriptors`;
    report.ok(`round ${round} of ${rounds}: ${sizes} (${steps.join(", ")})`);
  }
  return measurements;
}

async function newSubject(): Promise<Subject> {
  return {
    projectName: `${TEST_PREFIX}soak-${randomBytes(4).toString("hex")}`,
    environment: {
      POSTGRES_PASSWORD: newAlphanumeric(32),
      REDIS_PASSWORD: newAlphanumeric(32),
      SECRET_KEY_BASE: newSecretKeyBase(),
      LAGO_RSA_PRIVATE_KEY: await newRsaPrivateKey(),
      LAGO_ENCRYPTION_PRIMARY_KEY: newAlphanumeric(32),
      LAGO_ENCRYPTION_DETERMINISTIC_KEY: newAlphanumeric(32),
      LAGO_ENCRYPTION_KEY_DERIVATION_SALT: newAlphanumeric(32),
    },
    ports: { api: await freePort(), front: await freePort() },
  };
}
