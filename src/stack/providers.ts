/**
 * What the dynamic resources do, reached by package name from the one-line methods that Pulumi
 * keeps in its state: this code can change without the state knowing.
 */
export { keysProvider } from "./keys-provider.ts";
export { projectProvider } from "./project-provider.ts";
export { serviceProvider } from "./service-provider.ts";
export { statusProvider } from "./status-provider.ts";
