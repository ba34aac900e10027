/** What a fresh Node process is told to do, and what it tells. */
import { z } from "zod";

/** Ways to call compose from a program. */
export const LIBRARIES = ["library", "npm", "compose"] as const;
export type Library = (typeof LIBRARIES)[number];

const task = z.object({
  /** This project's library, npm's `docker-compose`, or the command itself. */
  library: z.enum(LIBRARIES),
  call: z.enum(["status", "logs", "stop", "restart"]),
  project: z.string(),
  /** The service that it is about; all where the call is `status`. */
  service: z.string(),
  /** How often it is called, one after the other. */
  times: z.int().min(1),
});

const outcome = z.object({
  /** Milliseconds of each call. */
  callsMs: z.array(z.number()),
  /** Most memory that the process ever had. */
  peakBytes: z.number(),
  /** Lines that the last call gave, or the number of containers of a status. */
  count: z.number(),
});

export type Task = z.infer<typeof task>;
export type Outcome = z.infer<typeof outcome>;

/** Reads the text of a {@link Task}. */
export function parseTask(text: string): Task {
  return task.parse(JSON.parse(text));
}

/** Reads the text of an {@link Outcome}. */
export function parseOutcome(text: string): Outcome {
  return outcome.parse(JSON.parse(text));
}
