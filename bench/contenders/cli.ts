/** This project's command line, as somebody has it who installed the package. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ours } from "../../faults/subjects/ours.ts";
import { openCli } from "../../faults/subjects/ours-cli.ts";
import type { Subject } from "../../faults/subjects/subject.ts";
import { ROOT } from "../../testing/folders.ts";

/**
 * Folder of the built package. `npm run bench` builds the package there, at one place for all runs:
 * Node keeps what it compiled by the path of the file.
 */
export const BUILT_PACKAGE = join(ROOT, "node_modules/.cache/zbl-bench-package");

const PROGRAM = join(BUILT_PACKAGE, "src/cli/bin.js");

/** The built command line, started without npm. */
export const cli: Subject = {
  ...ours,
  name: "cli",
  title: "z-billing-lago, its CLI alone",
  missing: async () =>
    existsSync(PROGRAM)
      ? undefined
      : `The package is not built in ${BUILT_PACKAGE}. \`npm run bench\` builds it.`,
  open: async (world) => openCli(world, [PROGRAM]),
};
