/** Remarks on missed goals. */
import type { BenchReport, GoalResult } from "./result.ts";

/** Explanation of a missed goal, shown beside its figure while the goal is missed. */
export interface Remark {
  /** Limit of the figure. */
  readonly bound: string;
  /** Attempts so far. */
  readonly tried: string;
}

/** Remarks by the goal's id. A remark on a reached goal is not shown. */
export const REMARKS: Readonly<Record<string, Remark>> = {
  "life/nothing/ours/floor": {
    bound:
      "The floor has two resources and asks nobody. An update here looks at every container, image, volume and port, asks compose twice what it makes of the files, and compares fifteen resources, in the same two processes that Pulumi starts twice for each update.",
    tried:
      "Whatever waits for nothing runs side by side; one look serves all services of a refresh; compose fills in the files while the project is judged; a library is loaded when it is needed first; what Node compiled is kept; Pulumi's stack traces are no longer translated.",
  },
  "life/start/cli/raw": {
    bound:
      "What has to happen one after the other: the database, the migration, the api, and then front, which has no health check and has to run for three seconds before it counts as up. Compose calls it up at once.",
    tried:
      "Each health check is asked twice a second until it passes; the last look comes when the three seconds are over.",
  },
  "life/change/ours/raw": {
    bound:
      "Two waits that compose does not have: a service without a health check has to answer at its port, or to run for three seconds where it has none, before it counts as up, which tells it from one that crashes at once; and Pulumi's own time, as the floor shows it. The command line alone is well below the goal.",
    tried:
      "The engine reports each change, so that nobody waits for the next look; pulling, volumes, keys and ports are looked at side by side.",
  },
  "life/destroy/ours/floor+raw": {
    bound:
      "Pulumi's own destroy, which the floor shows, comes on top of compose's `down`; and it looks at the containers first.",
    tried:
      "What Node compiled is kept for the commands that Pulumi runs. The command line alone takes about what compose takes, and the start of Node.",
  },
  "logs/tail-100mb/library/compose": {
    bound:
      "Beside compose's call, two further ones ask the containers which secrets are to be blanked out of the lines, and on two cores they slow each other. It does not grow with the log: the tails of 1 MB and of 1 GB are within the goal.",
    tried: "They run side by side, where one waited for the other before.",
  },
  program: {
    bound: "About two hundred files of this project, of which Node strips the types, and zod.",
    tried:
      "What starts processes is loaded with the first process, after the first resource. A cache of what Node compiled, set up before the rest is loaded, made no difference that could be told from noise.",
  },
};

/**
 * Lists ids of missed goals without a remark.
 *
 * @param remarks defaults to {@link REMARKS}
 */
export function unexplained({ suites }: BenchReport, remarks = REMARKS): string[] {
  return suites
    .flatMap(({ goals }) => goals)
    .filter((goal) => goal.verdict === "missed" && remarks[goal.id] === undefined)
    .map(({ id }) => id);
}

/** Message with instructions for goals without a remark. */
export function unexplainedText(ids: readonly string[]): string {
  return `Missed, with no remark on it: ${ids.join(", ")}. Say in bench/report/remarks.ts what bounds each of them and what was tried.`;
}

/** Returns the remark on a goal; undefined when the goal is not missed. */
export function remarkOn({ id, verdict }: GoalResult, remarks = REMARKS): Remark | undefined {
  return verdict === "missed" ? remarks[id] : undefined;
}
