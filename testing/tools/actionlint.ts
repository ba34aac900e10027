import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { buildFromSource, type GoBuild } from "../../setup/go-build.ts";

/** Release that `go/actionlint` pins. */
export const ACTIONLINT_VERSION = "1.7.12";

const ACTIONLINT: GoBuild = {
  name: "actionlint",
  module: join(import.meta.dirname, "go", "actionlint"),
  package: "github.com/rhysd/actionlint/cmd/actionlint",
  takes: "half a minute, once",
};

/**
 * Returns the path of actionlint, built when missing.
 *
 * @throws SetupFailure when it cannot be built
 */
export async function ensureActionlint(context: SetupContext): Promise<string> {
  const folder = join(context.tools, "actionlint", ACTIONLINT_VERSION);
  const program = join(folder, "actionlint");
  if (!existsSync(program)) {
    await buildFromSource(context, ACTIONLINT, folder);
  }
  return program;
}
