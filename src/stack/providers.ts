/**
 * What the dynamic resources do, reached by package name from the one-line methods that Pulumi
 * keeps in its state: this code can change without the state knowing.
 */
import { flushCompileCache } from "node:module";
import { basename, dirname } from "node:path";
import { useCompileCache } from "../process/compile-cache.ts";
import { endWithParent } from "../process/orphan.ts";

useCompileCache();
export const { keysProvider } = await import("./keys-provider.ts");
export const { projectProvider } = await import("./project-provider.ts");
export const { serviceProvider } = await import("./service-provider.ts");
export const { statusProvider } = await import("./status-provider.ts");

// Pulumi's host for dynamic providers, and no program or test that looks at them.
if (basename(dirname(process.argv[1] ?? "")) === "dynamic-provider") {
  endWithParent();
  // Pulumi kills it, and Node would only keep what it compiled at an end in good order.
  flushCompileCache();
}
