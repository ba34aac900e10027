import type { Quantity } from "./verdict.ts";

/** What is measured when a round is over and the garbage is collected. */
export const QUANTITIES = {
  rssMb: { name: "memory of the process (RSS)", unit: "MB", tolerance: 12 },
  heapMb: { name: "of it, used by JavaScript", unit: "MB", tolerance: 3 },
  descriptors: { name: "open file descriptors", unit: "", tolerance: 1 },
  processes: { name: "child processes", unit: "", tolerance: 0 },
  containers: { name: "containers", unit: "", tolerance: 0 },
  networks: { name: "networks", unit: "", tolerance: 0 },
  volumes: { name: "volumes, which outlive a destroy", unit: "", tolerance: 0 },
  locks: { name: "locks that are held", unit: "", tolerance: 0 },
  temporaryFiles: { name: "temporary files", unit: "", tolerance: 0 },
} as const satisfies Record<string, Quantity>;

/** Values of all of them at one moment. */
export type Measurement = Readonly<Record<keyof typeof QUANTITIES, number>>;
