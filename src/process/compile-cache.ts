import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Has Node keep what it compiles from here on, which is most of the time that a command takes to
 * begin. A cache that cannot be kept is no fault: all is compiled anew then. What the environment
 * says of it (`NODE_COMPILE_CACHE`, `NODE_DISABLE_COMPILE_CACHE`) goes first.
 */
export function useCompileCache(environment: NodeJS.ProcessEnv = process.env): void {
  if (!environment.NODE_COMPILE_CACHE) {
    enableCompileCache(compileCacheFolder(environment));
  }
}

/**
 * Below the user's own cache folder and not in the shared folder for temporary files, which is where
 * Node would put it: who can write there decides what runs.
 */
export function compileCacheFolder(environment: NodeJS.ProcessEnv): string {
  // The XDG Base Directory Specification: an empty value counts as none.
  const caches = environment.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(caches, "z-billing-lago", "node");
}
