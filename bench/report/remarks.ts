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
      "The floor has two resources and asks nobody. Here a refresh reads services, status and logs from the engine (0.4 s more than the floor's); Node loads this project's code into the program (0.2 s); compose reads the files (0.15 s); and the keys are held against the fingerprints beside the data, each of which is slow on purpose (0.3 s).",
    tried:
      "One snapshot of the engine serves a whole refresh, and another one all checks; an update starts 8 processes of docker and compose; compose fills in the files while the project is judged; the code of the dynamic providers is text that is not made anew in each run. Calling a plugin before it is needed made no difference that could be told from noise, nor did that text.",
  },
  "life/start/ours/raw": {
    bound:
      "The start by the command line, which has a goal of its own, and Pulumi's time before and after it: its language host, the program and two plugins, as the floor shows it.",
    tried:
      "Nothing is pulled or asked of compose that the engine's API has told; front counts as up as soon as it answers at its port.",
  },
  "life/start/cli/raw": {
    bound:
      "What has to happen one after the other: the database, the migration, the api, and then front, which has no health check and has to answer at its port before it counts as up. Compose calls it up at once.",
    tried:
      "Each health check is asked twice a second until it passes; the engine reports each change, and the port of front is asked ten times a second.",
  },
  "life/change/ours/raw": {
    bound:
      "Compose stops and makes the containers one after another, as it does for the command line alone, which needs half of bare compose's time; the rest is Pulumi's own time, as the floor shows it, and that of an update with nothing to do.",
    tried:
      "The engine reports each change, so that nobody waits for the next look; the images are told from the engine's list and not by compose's `pull`.",
  },
  "life/heal/ours/raw": {
    bound:
      "Compose's own `up`, which runs the migration once more and starts the worker (2 s), the worker's health check, and Pulumi's time before it: a refresh finds the killed container, and the program and two plugins start.",
    tried:
      "The engine reports each change; nothing is pulled, and compose is asked for nothing that the engine's API tells.",
  },
  "life/destroy/ours/floor+raw": {
    bound:
      "Pulumi deletes two commands, each of which starts Node and this project's command line (0.3 s each), and looks at the containers first.",
    tried:
      "The second of the two finds by the engine's API that nothing is left, and calls compose no more; neither asks compose for the status.",
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
