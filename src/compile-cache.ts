import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Has Node keep compiled code from here on: compiling is most of the time that a command takes to
 * begin. Where no cache can be kept, everything is compiled again. The environment comes first
 * (`NODE_COMPILE_CACHE`, `NODE_DISABLE_COMPILE_CACHE`).
 */
export function useCompileCache(environment: NodeJS.ProcessEnv = process.env): void {
  if (!environment.NODE_COMPILE_CACHE) {
    enableCompileCache(compileCacheFolder(environment));
  }
}

/**
 * Returns a folder below the user's own cache folder. Node's default is the shared folder for
 * temporary files, where anybody could write code that this program then runs.
 */
export function compileCacheFolder(environment: NodeJS.ProcessEnv): string {
  // The XDG Base Directory Specification: an empty value counts as none.
  const caches = environment.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(caches, "z-billing-lago", "node");
}
