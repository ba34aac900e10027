/** What a run of the benchmark gives, as it is written to a file. */
import { z } from "zod";

const measured = z.object({
  contender: z.string(),
  work: z.string(),
  /** Milliseconds of each round in which it was done. */
  samplesMs: z.array(z.number()),
  /** Why it was not done, where it was not. */
  notDone: z.string().optional(),
});

/** The schema of a report file. */
export const reportSchema = z.object({
  /** What was typed, to be typed again. */
  command: z.string(),
  date: z.string(),
  rounds: z.number(),
  hardware: z.string(),
  versions: z.record(z.string(), z.string()),
  contenders: z.array(z.object({ name: z.string(), title: z.string() })),
  work: z.array(z.object({ id: z.string(), title: z.string() })),
  measured: z.array(measured),
});

export type Measured = z.infer<typeof measured>;
export type BenchReport = z.infer<typeof reportSchema>;

/** What was measured of one contender at one piece of work. */
export function measuredOf(
  { measured: all }: Pick<BenchReport, "measured">,
  contender: string,
  work: string,
): Measured | undefined {
  return all.find((one) => one.contender === contender && one.work === work);
}
