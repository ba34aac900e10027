/** Lints the hooks, the script for cron and the units of `pipelines`. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, lastLines } from "../../setup/command.ts";
import type { SetupContext } from "../../setup/context.ts";
import { ensureShellcheck } from "../../testing/tools/shellcheck.ts";
import { LEFT_OUT, unlessToolIsMissing } from "./own-tool.ts";
import { single, type Tally } from "./tally.ts";

const DEADLINE_MS = 60_000;
const SYSTEMD_ANALYZE = "/usr/bin/systemd-analyze";

/** Folder of the deployed clone in the units. */
const CLONE = "/srv/lago/%i/";

/**
 * Runs ShellCheck, installed when missing.
 *
 * @param folders folders whose files are checked. Defaults to those of `pipelines` that hold
 * scripts
 */
export async function checkScripts(
  context: SetupContext,
  folders: readonly string[] = ["git-hooks", "shell"].map((name) =>
    join(context.root, "pipelines", name),
  ),
): Promise<Tally> {
  return await unlessToolIsMissing(context, "shell scripts", async () => {
    const program = await ensureShellcheck(context);
    const found = folders.map(async (folder) =>
      (await readdir(folder)).map((name) => join(folder, name)),
    );
    const files = (await Promise.all(found)).flat();
    // Ignores the user's own ~/.shellcheckrc.
    const args = ["--norc", "--color=never", ...files];
    const result = await execute(context, { program, args, timeoutMs: DEADLINE_MS });
    return judged(context, result.exitCode === 0, result.stdout + result.stderr);
  });
}

/**
 * Lets systemd verify the units, if installed: it is too large to install for a check.
 *
 * @param folder Defaults to `pipelines/systemd`
 */
export async function checkUnits(
  context: SetupContext,
  folder = join(context.root, "pipelines", "systemd"),
): Promise<Tally> {
  if (!existsSync(SYSTEMD_ANALYZE)) {
    context.report.note("systemd units: left out, since this system has no systemd");
    return LEFT_OUT;
  }
  const copies = await mkdtemp(join(tmpdir(), "z-billing-lago-units-"));
  try {
    const names = await readdir(folder);
    for (const name of names) {
      const unit = await readFile(join(folder, name), "utf8");
      // The program that a unit starts has to exist.
      const here = unit.replaceAll(`=${CLONE}pipelines/`, `=${join(context.root, "pipelines")}/`);
      await writeFile(join(copies, name), here);
    }
    const units = names.map((name) => join(copies, name.replace("@.", "@dev.")));
    // Missing documentation and errors in this machine's units are ignored.
    const args = ["--man=no", "--recursive-errors=no", "verify", ...units];
    const command = { program: SYSTEMD_ANALYZE, args, timeoutMs: DEADLINE_MS };
    const { exitCode, stdout, stderr } = await execute(context, command);
    // systemd only warns about unknown keys.
    const said = `${stdout}${stderr}`.trim();
    return judged(context, exitCode === 0 && said === "", said);
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}

function judged(context: SetupContext, succeeded: boolean, said: string): Tally {
  if (!succeeded) {
    context.report.note(`what it found:\n${lastLines(said, 40)}`);
  }
  return single(succeeded);
}
