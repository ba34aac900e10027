/** Folders of the checkout that tests, faults and bench work with. */
import { join } from "node:path";

/** The checkout itself. */
export const ROOT = join(import.meta.dirname, "..");

/** Where Node keeps what it compiled for tests, so that programs start in half the time. */
export const COMPILE_CACHE = join(ROOT, "node_modules/.cache/zbl-test-cli");

/** Lago's own compose files, unchanged. They lie beside the checkout. */
export const LAGO_FILES = join(ROOT, "..", "shared", "lago");
