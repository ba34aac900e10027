/** Lints the templates for GitHub Actions. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { runAttached } from "../../src/process/attached.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { ensureActionlint } from "../../testing/tools/actionlint.ts";
import { unlessToolIsMissing } from "./own-tool.ts";
import { single, type Tally } from "./tally.ts";

const DEADLINE_MS = 60_000;

/** Config with a runner label that GitHub itself does not have. */
const CONFIG = "self-hosted-runner:\n  labels: [lago]\n";

/**
 * Runs actionlint, built when missing.
 *
 * @param templates folder of the workflows. Defaults to `pipelines/github`
 */
export async function checkWorkflows(
  context: SetupContext,
  templates = join(context.root, "pipelines", "github"),
): Promise<Tally> {
  return await unlessToolIsMissing(context, "workflows", async () =>
    lint(context, await ensureActionlint(context), templates),
  );
}

async function lint(context: SetupContext, program: string, templates: string): Promise<Tally> {
  const files = (await readdir(templates)).filter((name) => name.endsWith(".yml"));
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-actionlint-"));
  try {
    const config = join(folder, "actionlint.yaml");
    await writeFile(config, CONFIG);
    // Disables actionlint's helpers, which may be on the PATH of one machine and not of another.
    const args = ["-config-file", config, "-shellcheck=", "-pyflakes=", ...files];
    const options = {
      cwd: templates,
      env: inheritedEnvironment(context.env),
      timeoutMs: DEADLINE_MS,
    };
    return single((await runAttached(program, args, options)) === 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
