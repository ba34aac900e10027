/** What this project wants to reach, as ratios of medians of one run. */
import { median } from "../../scripts/median.ts";
import { type BenchReport, measuredOf } from "./result.ts";

/** One ratio, and the most that it may be. */
export interface Goal {
  readonly work: string;
  readonly who: string;
  readonly than: string;
  readonly most: number;
}

/** All goals. */
export const GOALS: readonly Goal[] = [
  { work: "start", who: "ours", than: "raw", most: 0.6 },
  { work: "start", who: "cli", than: "raw", most: 0.4 },
  { work: "nothing", who: "ours", than: "floor", most: 1.1 },
  { work: "nothing", who: "ours", than: "ansible", most: 0.75 },
  { work: "change", who: "ours", than: "raw", most: 0.75 },
  { work: "status", who: "cli", than: "raw", most: 1.15 },
  { work: "destroy", who: "ours", than: "raw", most: 1 },
];

/** A goal and what came of it. */
export interface Judged extends Goal {
  /** Undefined where one of the two was not measured. */
  readonly ratio: number | undefined;
}

/** Judges a run. */
export function judge(report: Pick<BenchReport, "measured">): Judged[] {
  return GOALS.map((goal) => {
    const [own, other] = [goal.who, goal.than].map((name) => medianOf(report, name, goal.work));
    const ratio = own === undefined || other === undefined ? undefined : own / other;
    return { ...goal, ratio };
  });
}

/** The figures of a judged goal as a person reads them, and what they come to. */
export function goalTexts({ ratio, most }: Judged) {
  return {
    ratio: ratio === undefined ? "not measured" : ratio.toFixed(2),
    wanted: `≤ ${most.toFixed(2)}`,
    verdict: ratio === undefined ? "" : ratio <= most ? "reached" : "missed",
  };
}

function medianOf(report: Pick<BenchReport, "measured">, contender: string, work: string) {
  const samples = measuredOf(report, contender, work)?.samplesMs ?? [];
  return samples.length === 0 ? undefined : median(samples);
}
