import { cpus, release, totalmem } from "node:os";

/** Describes the machine in a few words. */
export function hardware(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model.trim() ?? "unknown"}), ${gigabytes} GiB of memory, Linux ${release()}`;
}
