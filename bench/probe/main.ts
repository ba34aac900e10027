/** A fresh process that makes some calls, and reports their durations and its memory. */
import { prepare } from "./calls.ts";
import { type Outcome, parseTask } from "./task.ts";

const task = parseTask(process.argv[2] ?? "");
const call = await prepare(task);
const callsMs: number[] = [];
let count = 0;
for (let time = 0; time < task.times; time += 1) {
  const startedAt = performance.now();
  count = await call();
  callsMs.push(performance.now() - startedAt);
}
const BYTES_PER_KIBIBYTE = 1_024;
const outcome: Outcome = {
  callsMs,
  peakBytes: process.resourceUsage().maxRSS * BYTES_PER_KIBIBYTE,
  count,
};
process.stdout.write(`${JSON.stringify(outcome)}\n`);
