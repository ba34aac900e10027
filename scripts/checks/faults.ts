/** Fault cases with this project as their subject. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "./check.ts";
import { runNode } from "./program.ts";
import { faultsTally } from "./tally.ts";

/** Runs fault cases. They read processes as only Linux shows them, and are left out elsewhere. */
export function faults(name: string, args: readonly string[], timeoutMs: number): Check {
  return {
    name,
    run: async (context) => {
      if (process.platform !== "linux") {
        context.report.note(`${name}: left out, since the cases read Linux's /proc`);
        return { tally: { passed: 0, failed: 0, skipped: 1 } };
      }
      const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-faults-"));
      try {
        const file = join(folder, "report.json");
        const main = join(context.root, "faults", "main.ts");
        const exitCode = await runNode(context, [main, ...args, "--json", file], timeoutMs);
        const report = await readFile(file, "utf8").catch(() => undefined);
        return { tally: faultsTally(report, exitCode) };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
