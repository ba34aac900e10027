/**
 * Code of the dynamic resources. Pulumi keeps one-line methods in its state, which import this code
 * by package name. So this code can change without a change of the state.
 */
import { flushCompileCache } from "node:module";
import { basename, dirname } from "node:path";
import { useCompileCache } from "../../compile-cache.ts";
import { endWithParent } from "./end-with-parent.ts";

useCompileCache();
const keys = await import("./keys-provider.ts");
const login = await import("./login-provider.ts");
const project = await import("./project-provider.ts");
const service = await import("./service-provider.ts");
const status = await import("./status-provider.ts");

export const keysProvider: typeof import("./keys-provider.ts").keysProvider = keys.keysProvider;
export const loginProvider: typeof import("./login-provider.ts").loginProvider =
  login.loginProvider;
export const projectProvider: typeof import("./project-provider.ts").projectProvider =
  project.projectProvider;
export const serviceProvider: typeof import("./service-provider.ts").serviceProvider =
  service.serviceProvider;
export const statusProvider: typeof import("./status-provider.ts").statusProvider =
  status.statusProvider;

// Only in Pulumi's host for dynamic providers, not in programs or tests that import this file.
if (basename(dirname(process.argv[1] ?? "")) === "dynamic-provider") {
  endWithParent();
  // Pulumi kills the host, and Node would only store its compile cache at a regular exit.
  flushCompileCache();
}
