/** Runs the `keys` commands with a `pulumi` that notes what it is handed. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { onTestFinished } from "vitest";
import { addKeysCommands } from "../../../src/cli/commands/keys.ts";
import { DeployError } from "../../../src/errors.ts";
import { testContext } from "../../support/command-context.ts";
import { KEYS } from "../keys/sample.ts";

export const SAVED = { projectName: "lago-test", keys: KEYS };

/** A stack's state as `pulumi stack export --show-secrets` prints it. */
export function stateOf(...projects: string[]): string {
  const secret = (value: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
  });
  const outputs = Object.fromEntries(Object.entries(KEYS).map(([n, v]) => [n, secret(v)]));
  const keys = projects.map((projectName) => ({
    type: "pulumi-nodejs:dynamic/lago:Keys",
    inputs: { projectName },
    outputs,
  }));
  return JSON.stringify({ deployment: { resources: [{ type: "pulumi:pulumi:Stack" }, ...keys] } });
}

/** Answers `pulumi stack ls` with the stacks `dev` and `prod`, of which `dev` is selected. */
const LISTED = `[ "$1 $2" = "stack ls" ] && { echo '${JSON.stringify([
  { name: "dev", current: true },
  { name: "prod", current: false },
])}'; exit 0; }\n`;

/** Runs a command with a `pulumi` that prints the state and keeps what it is handed. */
export async function runKeys(args: readonly string[], state = "", exitCode = 0) {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "state"), state);
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\nPATH=/usr/bin:/bin\n${LISTED}n=$(ls ${folder} | wc -l)\necho "$@" > ${folder}/call-$n.args\n` +
      `cat > ${folder}/call-$n.stdin\ncat ${folder}/state\ncat ${folder}/call-$n.stdin >&2\nexit ${exitCode}\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  const program = new Command().exitOverride();
  const environment = { PATH: folder, PULUMI_CONFIG_PASSPHRASE: "zbl-test" };
  const { context, written } = testContext({ environment });
  const { results, notes } = written;
  addKeysCommands(program, context);
  const error = await program.parseAsync(["keys", ...args], { from: "user" }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !DeployError.isDeployError(error)) {
    throw error;
  }
  const contents = (end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .sort((a, b) => Number(a.replace(/\D/g, "")) - Number(b.replace(/\D/g, "")))
      .map((name) => readFileSync(join(folder, name), "utf8").trimEnd());
  return { folder, results, notes, error, calls: contents(".args"), stdins: contents(".stdin") };
}

export function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "keys.json"), text);
  return join(folder, "keys.json");
}

export function onTerminal(stream: "stdin" | "stdout"): void {
  const before = process[stream].isTTY;
  process[stream].isTTY = true;
  onTestFinished(() => {
    process[stream].isTTY = before;
  });
}
