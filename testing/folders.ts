/** Folders of the checkout that tests, faults and bench work with. */
import { join } from "node:path";

/** Root folder of the checkout. */
export const ROOT = join(import.meta.dirname, "..");

/** Node's compile cache for tests, which halves the start time of programs. */
export const COMPILE_CACHE = join(ROOT, "node_modules/.cache/zbl-test-cli");

/** Lago's own compose files, unchanged. They lie beside the checkout. */
export const LAGO_FILES = join(ROOT, "..", "shared", "lago");
