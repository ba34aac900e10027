/**
 * What the dynamic resources do, reached by package name from the one-line methods that Pulumi
 * keeps in its state: this code can change without the state knowing.
 */
import { flushCompileCache } from "node:module";
import { basename, dirname } from "node:path";
import { useCompileCache } from "../../compile-cache.ts";
import { endWithParent } from "./end-with-parent.ts";

useCompileCache();
const keys = await import("./keys-provider.ts");
const project = await import("./project-provider.ts");
const service = await import("./service-provider.ts");
const status = await import("./status-provider.ts");

export const keysProvider: typeof import("./keys-provider.ts").keysProvider = keys.keysProvider;
export const projectProvider: typeof import("./project-provider.ts").projectProvider =
  project.projectProvider;
export const serviceProvider: typeof import("./service-provider.ts").serviceProvider =
  service.serviceProvider;
export const statusProvider: typeof import("./status-provider.ts").statusProvider =
  status.statusProvider;

// Pulumi's host for dynamic providers, and no program or test that looks at them.
if (basename(dirname(process.argv[1] ?? "")) === "dynamic-provider") {
  endWithParent();
  // Pulumi kills it, and Node would only keep what it compiled at an end in good order.
  flushCompileCache();
}
