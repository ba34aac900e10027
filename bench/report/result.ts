/** What a run of the benchmark gives, as it is written to a file. */
import { z } from "zod";

const unit = z.enum(["ms", "bytes", "count"]);

const measured = z.object({
  contender: z.string(),
  work: z.string(),
  /** Figures of the rounds in which it was done, in the work's unit. */
  samples: z.array(z.number()),
  /** Why it was not done, where it was not. */
  notDone: z.string().optional(),
});

const goalResult = z.object({
  id: z.string(),
  /** What is compared, in words. */
  what: z.string(),
  /** The figure, as a person reads it. */
  is: z.string(),
  wanted: z.string(),
  verdict: z.enum(["reached", "missed", "not measured"]),
});

const suiteReport = z.object({
  id: z.string(),
  title: z.string(),
  /** How it was measured. */
  how: z.string(),
  /** What was typed, to be typed again. */
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

/** What was measured of one contender at one piece of work. */
export function measuredOf(
  { measured: all }: Pick<SuiteReport, "measured">,
  contender: string,
  work: string,
): Measured | undefined {
  return all.find((one) => one.contender === contender && one.work === work);
}
