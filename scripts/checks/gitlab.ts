/** Checks the template for GitLab CI against GitLab's published schema. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, lastLines, mustSucceed } from "../../setup/command.ts";
import type { SetupContext } from "../../setup/context.ts";
import { unlessToolIsMissing } from "./own-tool.ts";
import { single, type Tally } from "./tally.ts";

/** Tool with the schema, which also resolves `extends` and `needs` of jobs. */
const GITLAB_CI_LOCAL = "gitlab-ci-local/dist/index.js";

/** Remote that the tool requires and never contacts. */
const REMOTE = "https://gitlab.example.com/example/lago.git";

const GIT_DEADLINE_MS = 10_000;
const DEADLINE_MS = 60_000;

/**
 * Checks a template in a temporary repository, since the tool writes files beside it.
 *
 * @param template the file. Defaults to the one in `pipelines/gitlab`
 */
export async function checkGitLab(
  context: SetupContext,
  template = join(context.root, "pipelines", "gitlab", ".gitlab-ci.yml"),
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-gitlab-"));
  try {
    return await unlessToolIsMissing(context, "GitLab's template", async () => {
      await copyFile(template, join(folder, ".gitlab-ci.yml"));
      await git(context, folder, ["init", "--quiet", "--initial-branch", "main"]);
      await git(context, folder, ["remote", "add", "origin", REMOTE]);
      return single(await isValid(context, folder));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isValid(context: SetupContext, folder: string): Promise<boolean> {
  const { exitCode, stdout, stderr } = await execute(context, {
    program: process.execPath,
    args: [join(context.root, "node_modules", GITLAB_CI_LOCAL), "--list-all"],
    cwd: folder,
    timeoutMs: DEADLINE_MS,
    // Hides the user's own settings of the tool in the home folder.
    environment: { HOME: folder },
  });
  if (exitCode !== 0) {
    context.report.note(`gitlab-ci-local refuses it:\n${lastLines(`${stdout}\n${stderr}`, 30)}`);
  }
  return exitCode === 0;
}

async function git(context: SetupContext, cwd: string, args: readonly string[]): Promise<void> {
  await mustSucceed(
    context,
    { program: "git", args, cwd, timeoutMs: GIT_DEADLINE_MS },
    "Making a repository for the template",
    "Install git, or make it work, and run the same command again.",
  );
}
