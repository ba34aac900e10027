/** Results of a run of the benchmark, as written to a file. */
import { z } from "zod";

const unit = z.enum(["ms", "bytes", "count"]);

const measured = z.object({
  contender: z.string(),
  work: z.string(),
  /** Figures of the rounds that succeeded, in the work's unit. */
  samples: z.array(z.number()),
  /** Reason for missing figures. */
  notDone: z.string().optional(),
});

const goalResult = z.object({
  id: z.string(),
  /** Comparison, in words. */
  what: z.string(),
  /** Formatted figure. */
  is: z.string(),
  wanted: z.string(),
  verdict: z.enum(["reached", "missed", "not measured"]),
});

const suiteReport = z.object({
  id: z.string(),
  title: z.string(),
  /** Method of measurement. */
  how: z.string(),
  /** Command line of the run, to be typed again. */
  command: z.string(),
  date: z.string(),
  rounds: z.number(),
  hardware: z.string(),
  versions: z.record(z.string(), z.string()),
  contenders: z.array(z.object({ name: z.string(), title: z.string() })),
  work: z.array(z.object({ id: z.string(), title: z.string(), unit })),
  measured: z.array(measured),
  goals: z.array(goalResult),
});

/** The schema of a report file. */
export const reportSchema = z.object({ suites: z.array(suiteReport) });

export type Measured = z.infer<typeof measured>;
export type GoalResult = z.infer<typeof goalResult>;
export type SuiteReport = z.infer<typeof suiteReport>;
export type BenchReport = z.infer<typeof reportSchema>;

/** Returns the figures of one contender at one piece of work. */
export function measuredOf(
  { measured: all }: Pick<SuiteReport, "measured">,
  contender: string,
  work: string,
): Measured | undefined {
  return all.find((one) => one.contender === contender && one.work === work);
}
