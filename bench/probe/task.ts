/** Task and report of a fresh Node process. */
import { z } from "zod";

/** Ways to call compose from a program. */
export const LIBRARIES = ["library", "npm", "compose"] as const;
export type Library = (typeof LIBRARIES)[number];

const task = z.object({
  /** This project's library, npm's `docker-compose`, or the command itself. */
  library: z.enum(LIBRARIES),
  call: z.enum(["status", "logs", "stop", "restart"]),
  project: z.string(),
  /** Service to call for; all services for the call `status`. */
  service: z.string(),
  /** Number of consecutive calls. */
  times: z.int().min(1),
});

const outcome = z.object({
  /** Duration of each call in milliseconds. */
  callsMs: z.array(z.number()),
  /** Peak memory of the process. */
  peakBytes: z.number(),
  /** Number of lines, or of containers of a status, in the last result. */
  count: z.number(),
});

export type Task = z.infer<typeof task>;
export type Outcome = z.infer<typeof outcome>;

/** Parses a {@link Task}. */
export function parseTask(text: string): Task {
  return task.parse(JSON.parse(text));
}

/** Parses an {@link Outcome}. */
export function parseOutcome(text: string): Outcome {
  return outcome.parse(JSON.parse(text));
}
