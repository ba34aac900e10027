import type { SuiteWork } from "../suite.ts";

/** Quantities of this process and of the host, after a round and a garbage collection. */
export const QUANTITIES = [
  { id: "rss", title: "memory of the process (RSS)", unit: "bytes", of: "process" },
  { id: "heap", title: "memory used by JavaScript", unit: "bytes", of: "process" },
  { id: "descriptors", title: "open file descriptors", unit: "count", of: "process" },
  { id: "processes", title: "child processes", unit: "count", of: "host" },
  { id: "containers", title: "containers", unit: "count", of: "host" },
  { id: "networks", title: "networks", unit: "count", of: "host" },
  { id: "volumes", title: "volumes, which outlive a destroy", unit: "count", of: "host" },
  { id: "locks", title: "locks that are held", unit: "count", of: "host" },
  { id: "files", title: "temporary files", unit: "count", of: "host" },
] as const satisfies readonly (SuiteWork & { readonly of: "process" | "host" })[];

/** Values of all quantities at one moment, in their units. */
export type Measurement = Readonly<Record<(typeof QUANTITIES)[number]["id"], number>>;
