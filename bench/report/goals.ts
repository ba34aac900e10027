/** Goals of this project, by medians of one run of one suite. */
import type { Unit } from "../suite.ts";

interface Base {
  /** Id of the goal, for the remark on it. */
  readonly id: string;
  readonly suite: string;
  readonly who: string;
}

interface OfWork extends Base {
  readonly than: string;
  readonly work: string;
  /** Work of the other contender, if different. */
  readonly thanWork?: string;
  /** Maximum. */
  readonly most: number;
}

/** Goal: one figure is at most this multiple of another one. */
export interface RatioGoal extends OfWork {
  readonly kind: "ratio";
}

/** Goal: one figure is at most this multiple of the sum of several others' figures. */
export interface RatioToSumGoal extends Base {
  readonly kind: "ratio to sum";
  readonly work: string;
  /** Contenders whose figures at the work are added up. */
  readonly than: readonly string[];
  /** Maximum. */
  readonly most: number;
}

/** Goal: one figure exceeds another one by at most this difference. */
export interface DifferenceGoal extends OfWork {
  readonly kind: "difference";
  /** Unit of the work, for a report in which it was not measured. */
  readonly unit: Unit;
}

/** Goal: the other contender is faster at none of several pieces of work. */
export interface NoneFasterGoal extends Base {
  readonly kind: "none faster";
  readonly than: string;
  readonly works: readonly string[];
}

/** Goal: a figure does not grow from round to round. */
export interface NoGrowthGoal extends Base {
  readonly kind: "no growth";
  readonly work: string;
  /**
   * Maximum growth from the first round to the last, by its trend; 0 for resources of a round, none
   * of which may be left after the round.
   */
  readonly most: number;
  /** Unit of the work, for a report in which it was not measured. */
  readonly unit: Unit;
}

/** Goal: a figure is 0 in every round. */
export interface NoneGoal extends Base {
  readonly kind: "none";
  readonly work: string;
}

export type Goal =
  | RatioGoal
  | RatioToSumGoal
  | DifferenceGoal
  | NoneFasterGoal
  | NoGrowthGoal
  | NoneGoal;

const MEGABYTES_20 = 20_000_000;

/** Creates a ratio goal, with an id derived from the arguments. */
function ratio(suite: string, work: string, who: string, than: string, most: number): RatioGoal {
  return { kind: "ratio", id: `${suite}/${work}/${who}/${than}`, suite, work, who, than, most };
}

/** Goal for the memory of this project's process with longer logs, compared with 1 MB. */
function flat(work: string): DifferenceGoal {
  const own = { suite: "logs", who: "library", than: "library" };
  return {
    ...{ kind: "difference", id: `logs/${work}`, ...own, work, thanWork: "memory-1mb" },
    ...{ most: MEGABYTES_20, unit: "bytes" },
  };
}

/** Goal for a figure after each round of the soak. */
function noGrowth(who: string, work: string, most: number, unit: Unit = "count"): NoGrowthGoal {
  return { kind: "no growth", id: `soak/${work}/${who}`, suite: "soak", who, work, most, unit };
}

/** Resources that a round creates on the host and has to remove. */
const OF_A_ROUND = ["processes", "containers", "networks", "volumes", "locks", "files"];

/** All goals. */
export const GOALS: readonly Goal[] = [
  ratio("life", "nothing", "ours", "floor", 1.25),
  ratio("life", "start", "ours", "raw", 0.45),
  ratio("life", "start", "cli", "raw", 0.3),
  ratio("life", "change", "ours", "raw", 0.7),
  ratio("life", "heal", "ours", "raw", 0.5),
  {
    ...{ kind: "ratio to sum", id: "life/destroy/ours/floor+raw", suite: "life", who: "ours" },
    ...{ work: "destroy", than: ["floor", "raw"], most: 1.15 },
  },
  ratio("life", "status", "cli", "raw", 2.5),
  {
    ...{ kind: "ratio", id: "life/npm-start/ours", suite: "life", who: "ours", than: "ours" },
    ...{ work: "npm-start", thanWork: "nothing", most: 1.3 },
  },
  ...["lost-get", "lost-post", "lost-front"].map(
    (work): NoneGoal => ({
      ...{ kind: "none", id: `requests/${work}/proxied`, suite: "requests", who: "proxied", work },
    }),
  ),
  {
    ...{ kind: "ratio", id: "stacks/last", suite: "stacks", who: "cli", than: "cli" },
    ...{ work: "last", thanWork: "first", most: 1.2 },
  },
  {
    ...{ kind: "ratio", id: "stacks/linear", suite: "stacks", who: "cli", than: "cli" },
    ...{ work: "second-half", thanWork: "first-half", most: 1.2 },
  },
  ratio("logs", "tail-1mb", "library", "compose", 1.2),
  ratio("logs", "tail-100mb", "library", "compose", 1.2),
  ratio("logs", "tail-1gb", "library", "compose", 1.2),
  flat("memory-100mb"),
  flat("memory-1gb"),
  ratio("calls", "status", "library", "compose", 1.15),
  ratio("calls", "status-again", "library", "compose", 1.15),
  {
    ...{ kind: "none faster", id: "calls/npm", suite: "calls", who: "library", than: "npm" },
    works: ["status", "status-again", "logs", "stop", "restart"],
  },
  {
    ...{ kind: "difference", id: "program", suite: "program", who: "program", than: "pulumi" },
    ...{ work: "start", most: 150, unit: "ms" },
  },
  noGrowth("library", "rss", 12_000_000, "bytes"),
  noGrowth("library", "heap", 3_000_000, "bytes"),
  noGrowth("library", "descriptors", 1),
  ...["library", "pulumi"].flatMap((who) => OF_A_ROUND.map((work) => noGrowth(who, work, 0))),
];
