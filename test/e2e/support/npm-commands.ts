/** What `npm start` and `npm run …` do in a checkout, without the set-up that goes before it. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type RunResult, run } from "../../../src/process/run.ts";
import { CLI } from "../../support/cli.ts";
import { findPulumi, type PulumiWorkspace } from "../../support/pulumi.ts";

/** What `npm run cli` starts, by which the bytes of a backup go. */
const SCRIPT = join(import.meta.dirname, "..", "..", "..", "scripts", "cli.ts");

const TIMEOUT_MS = 280_000;

/** Each of them leads to the program that the script of that name starts. */
const NPM = `#!/bin/sh
case "$*" in
  "run --silent cli -- exec "*) shift 4; exec "$ZBL_TEST_NODE" "$ZBL_TEST_SCRIPT" "$@" ;;
  "run --silent cli -- "*) shift 4; exec "$ZBL_TEST_NODE" "$ZBL_TEST_CLI" "$@" ;;
  "run cli -- "*) shift 3; exec "$ZBL_TEST_NODE" "$ZBL_TEST_CLI" "$@" ;;
  "run pulumi -- "*) shift 3; exec "$ZBL_TEST_PULUMI" "$@" --non-interactive ;;
  "start -- "*) shift 2; exec "$ZBL_TEST_PULUMI" up --yes --skip-preview --non-interactive "$@" ;;
esac
echo "the tests know no npm $*" >&2
exit 2
`;

/** Runs shell commands in a folder with a workspace's Pulumi, and ends at the first that fails. */
export async function runDocumented(
  { folder, env }: Pick<PulumiWorkspace, "folder" | "env">,
  cwd: string,
  commands: string,
): Promise<RunResult> {
  const bin = join(folder, "npm-commands");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "npm"), NPM);
  await chmod(join(bin, "npm"), 0o755);
  return run("sh", ["-eu", "-c", commands], {
    cwd,
    env: {
      ...env,
      PATH: [bin, env.PATH ?? ""].join(delimiter),
      ZBL_TEST_NODE: process.execPath,
      ZBL_TEST_CLI: CLI,
      ZBL_TEST_SCRIPT: SCRIPT,
      ZBL_TEST_PULUMI: findPulumi(),
    },
    timeoutMs: TIMEOUT_MS,
  });
}
