/** Verdicts on the goals. */
import { median } from "../statistics.ts";
import { quantity } from "./figures.ts";
import { GOALS, type Goal, type NoGrowthGoal, type NoneFasterGoal } from "./goals.ts";
import { leftBehind, trendOver } from "./growth.ts";
import { type GoalResult, measuredOf, type SuiteReport } from "./result.ts";

/** A suite's report without verdicts on its goals. */
export type Figures = Omit<SuiteReport, "goals">;

/**
 * Judges the goals of a suite. A goal is judged only if all its figures were measured.
 *
 * @param goals defaults to {@link GOALS}
 */
export function judge(report: Figures, goals: readonly Goal[] = GOALS): GoalResult[] {
  return goals
    .filter(({ suite }) => suite === report.id)
    .map((goal) => ({ id: goal.id, ...judged(report, goal) }));
}

function judged(report: Figures, goal: Goal): Omit<GoalResult, "id"> {
  if (goal.kind === "none faster") {
    return noneFaster(report, goal);
  }
  if (goal.kind === "no growth") {
    return noGrowth(report, goal);
  }
  const { work, thanWork = work, who, than, most } = goal;
  const sign = goal.kind === "ratio" ? "/" : "-";
  const what = comparison(report, [who, work], [than, thanWork], sign);
  const [own, other] = [medianOf(report, who, work), medianOf(report, than, thanWork)];
  const show = goal.kind === "ratio" ? times : (value: number) => quantity(value, goal.unit);
  const wanted = `≤ ${show(most)}`;
  if (own === undefined || other === undefined) {
    return { what, is: "-", wanted, verdict: "not measured" };
  }
  const value = goal.kind === "ratio" ? own / other : own - other;
  return { what, is: show(value), wanted, verdict: value <= most ? "reached" : "missed" };
}

/** Shows the work at which the other contender comes closest, or is faster. */
function noneFaster(report: Figures, { who, than, works }: NoneFasterGoal): Omit<GoalResult, "id"> {
  const what = `all of it: ${titleOf(report, who)} / ${titleOf(report, than)}`;
  const wanted = `≤ ${times(1)} each`;
  const ratios = works.map((work) => {
    const [own, other] = [medianOf(report, who, work), medianOf(report, than, work)];
    return { work, ratio: own === undefined || other === undefined ? undefined : own / other };
  });
  const known = ratios.filter(
    (one): one is { work: string; ratio: number } => one.ratio !== undefined,
  );
  const worst = known.toSorted((a, b) => b.ratio - a.ratio)[0];
  if (worst === undefined || known.length < works.length) {
    return { what, is: "-", wanted, verdict: "not measured" };
  }
  return {
    what,
    is: `${times(worst.ratio)} at most (${workTitleOf(report, worst.work)})`,
    wanted,
    verdict: worst.ratio <= 1 ? "reached" : "missed",
  };
}

function noGrowth(
  report: Figures,
  { who, work, most, unit }: NoGrowthGoal,
): Omit<GoalResult, "id"> {
  const what = `growth of ${workTitleOf(report, work)}: ${titleOf(report, who)}`;
  const wanted = `≤ ${quantity(most, unit)}`;
  const samples = measuredOf(report, who, work)?.samples ?? [];
  if (samples.length === 0) {
    return { what, is: "-", wanted, verdict: "not measured" };
  }
  const grown = most === 0 ? leftBehind(samples) : trendOver(samples);
  return {
    what,
    is: quantity(grown, unit),
    wanted,
    verdict: grown <= most ? "reached" : "missed",
  };
}

function comparison(
  report: Figures,
  [who, work]: [string, string],
  [than, thanWork]: [string, string],
  sign: string,
): string {
  if (work === thanWork) {
    return `${workTitleOf(report, work)}: ${titleOf(report, who)} ${sign} ${titleOf(report, than)}`;
  }
  const works = `${workTitleOf(report, work)} ${sign} ${workTitleOf(report, thanWork)}`;
  return who === than ? `${titleOf(report, who)}: ${works}` : `${who} ${sign} ${than}: ${works}`;
}

function times(value: number): string {
  return value.toFixed(2);
}

function titleOf({ contenders }: Figures, name: string): string {
  return contenders.find((one) => one.name === name)?.title ?? name;
}

function workTitleOf({ work }: Figures, id: string): string {
  return work.find((one) => one.id === id)?.title ?? id;
}

function medianOf(report: Figures, contender: string, work: string): number | undefined {
  const samples = measuredOf(report, contender, work)?.samples ?? [];
  return samples.length === 0 ? undefined : median(samples);
}
