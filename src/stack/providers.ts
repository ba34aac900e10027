/**
 * What the dynamic resources do, reached by package name from the one-line methods that Pulumi
 * keeps in its state: this code can change without the state knowing.
 */
import { basename, dirname } from "node:path";
import { endWithParent } from "../process/orphan.ts";

export { keysProvider } from "./keys-provider.ts";
export { projectProvider } from "./project-provider.ts";
export { serviceProvider } from "./service-provider.ts";
export { statusProvider } from "./status-provider.ts";

// Pulumi's host for dynamic providers, and no program or test that looks at them.
if (basename(dirname(process.argv[1] ?? "")) === "dynamic-provider") {
  endWithParent();
}
