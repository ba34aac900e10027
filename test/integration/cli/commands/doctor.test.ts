import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { DoctorFinding } from "../../../../src/cli/commands/doctor.ts";
import { runCli } from "../../../../testing/cli.ts";

/** What a machine has, by program: the last line of its answer to some arguments. */
interface Machine {
  readonly client?: string | undefined;
  readonly engine?: string | undefined;
  readonly compose?: string | undefined;
  readonly flock?: string | undefined;
  readonly pulumi?: string | undefined;
  readonly plugins?: string | undefined;
}

const PLUGINS = JSON.stringify([
  { name: "nodejs", kind: "language", version: "3.259.0" },
  { name: "command", kind: "resource", version: "1.0.0" },
  { name: "command", kind: "resource", version: "1.2.1" },
]);

const WELL: Machine = {
  client: "26.1.5",
  engine: "1.45 (engine 26.1.5)",
  compose: "2.26.1-4",
  flock: "flock from util-linux 2.38.1",
  pulumi: "v3.259.0",
  plugins: PLUGINS,
};

const folder = mkdtempSync(join(tmpdir(), "zbl-test-doctor-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ENGINE = "Docker engine with API 1.44 or newer";
const COMPOSE = "compose 2.24.4 or newer";
const PROVIDER = "Pulumi's command provider 1.2.1";

/** A program that answers by its arguments, and fails for those that it has no answer to. */
function program(answers: Readonly<Record<string, string | undefined>>): string {
  const cases = Object.entries(answers).map(([pattern, answer]) =>
    answer === undefined ? "" : `  *'${pattern}'*) echo '${answer}' ;;\n`,
  );
  return `#!/bin/sh\ncase "$*" in\n${cases.join("")}  *) exit 1 ;;\nesac\n`;
}

/** What `doctor` finds on a machine. */
async function diagnose(machine: Machine, args: readonly string[] = ["--json"]) {
  const bin = mkdtempSync(join(folder, "bin-"));
  symlinkSync(process.execPath, join(bin, "node"));
  const put = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  const { client, engine, compose, flock, pulumi, plugins } = machine;
  if (client !== undefined) {
    put("docker", program({ ".Client.": client, ".Server.": engine, "compose version": compose }));
  }
  if (flock !== undefined) {
    put("flock", program({ help: flock || undefined }));
  }
  if (pulumi !== undefined) {
    put("pulumi", program({ "plugin ls": plugins, version: pulumi }));
  }
  const { exitCode, stdout } = await runCli({ path: bin }, ["doctor", ...args]);
  return { exitCode, stdout };
}

async function findingsOf(machine: Machine) {
  const { exitCode, stdout } = await diagnose(machine);
  const { healthy, findings } = JSON.parse(stdout) as {
    healthy: boolean;
    findings: DoctorFinding[];
  };
  const missing = findings.filter(({ ok }) => !ok);
  return { exitCode, healthy, findings, missing };
}

describe("doctor", { concurrent: true }, () => {
  it("finds a machine well that has everything, and says which versions", async () => {
    const { exitCode, healthy, findings } = await findingsOf(WELL);
    expect({ exitCode, healthy }).toEqual({ exitCode: 0, healthy: true });
    expect(findings.map(({ found }) => found)).toEqual([
      process.versions.node,
      "26.1.5",
      "1.45 (engine 26.1.5)",
      "2.26.1-4",
      "found",
      "v3.259.0",
      "1.2.1",
    ]);
  });

  it.each<[string, Machine, string[]]>([
    [
      "docker",
      { flock: "flock", pulumi: "v3.259.0", plugins: PLUGINS },
      ["docker program", ENGINE, COMPOSE],
    ],
    ["the engine", { ...WELL, engine: undefined }, [ENGINE]],
    ["an engine that is new enough", { ...WELL, engine: "1.43 (engine 24.0.7)" }, [ENGINE]],
    ["compose", { ...WELL, compose: undefined }, [COMPOSE]],
    ["a compose that is new enough", { ...WELL, compose: "v2.24.3" }, [COMPOSE]],
    ["flock", { ...WELL, flock: undefined }, ["flock program"]],
    ["Pulumi", { ...WELL, pulumi: undefined }, ["Pulumi", PROVIDER]],
    ["the provider", { ...WELL, plugins: "[]" }, [PROVIDER]],
    [
      "the provider's right version",
      { ...WELL, plugins: '[{"name":"command","version":"4.5.0"}]' },
      [PROVIDER],
    ],
  ])("misses %s, says how to get it and ends with 1", async (_, machine, expected) => {
    const { exitCode, healthy, missing } = await findingsOf(machine);
    expect({ exitCode, healthy }).toEqual({ exitCode: 1, healthy: false });
    expect(missing.map(({ what }) => what)).toEqual(expected);
    expect(missing.every(({ remedy }) => remedy.length > 10)).toBe(true);
    // Whoever lacks a program does not mean to deploy the default stack.
    expect(missing.filter(({ remedy }) => remedy.includes("npm start"))).toEqual([]);
  });

  it("takes a flock that fails when it is asked", async () => {
    const { exitCode } = await findingsOf({ ...WELL, flock: "" });
    expect(exitCode).toBe(0);
  });

  it("shows a table to a person", async () => {
    const { exitCode, stdout } = await diagnose({ ...WELL, compose: "2.17.3" }, []);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/WHAT +FOUND +HOW TO GET IT$/m);
    expect(stdout).toMatch(/^ok +docker program +26\.1\.5$/m);
    expect(stdout).toMatch(/^missing +compose 2\.24\.4 or newer +2\.17\.3 +install /m);
  });
});
