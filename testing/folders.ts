/** Folders of the checkout that tests, faults and bench work with. */
import { join } from "node:path";

/** The checkout itself. */
export const ROOT = join(import.meta.dirname, "..");

/** Lago's own compose files, unchanged. They lie beside the checkout. */
export const LAGO_FILES = join(ROOT, "..", "shared", "lago");
