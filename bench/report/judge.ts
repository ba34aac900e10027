/** Verdicts on the goals. */
import { median } from "../statistics.ts";
import { quantity } from "./figures.ts";
import {
  GOALS,
  type Goal,
  type NoGrowthGoal,
  type NoneFasterGoal,
  type NoneGoal,
  type RatioToSumGoal,
} from "./goals.ts";
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
  if (goal.kind === "none") {
    return none(report, goal);
  }
  if (goal.kind === "ratio to sum") {
    return ratioToSum(report, goal);
  }
  const { work, thanWork = work, who, than, most } = goal;
  const sign = goal.kind === "ratio" ? "/" : "-";
  const what = comparison(report, [who, work], [than, thanWork], sign);
  const [own, other] = [medianOf(report, who, work), medianOf(report, than, thanWork)];
  if (goal.kind === "ratio") {
    return atMost(most, what, dividedBy(own, other), times);
  }
  const value = own === undefined || other === undefined ? undefined : own - other;
  return atMost(most, what, value, (one) => quantity(one, goal.unit));
}

/** Judges a value, which is undefined where a figure is missing. */
function atMost(
  most: number,
  what: string,
  value: number | undefined,
  show: (value: number) => string,
): Omit<GoalResult, "id"> {
  const wanted = `≤ ${show(most)}`;
  return value === undefined
    ? { what, is: "-", wanted, verdict: "not measured" }
    : { what, is: show(value), wanted, verdict: value <= most ? "reached" : "missed" };
}

function ratioToSum(
  report: Figures,
  { work, who, than, most }: RatioToSumGoal,
): Omit<GoalResult, "id"> {
  const others = than.map((name) => titleOf(report, name)).join(" + ");
  const what = `${workTitleOf(report, work)}: ${titleOf(report, who)} / (${others})`;
  const sum = sumOf(than.map((name) => medianOf(report, name, work)));
  return atMost(most, what, dividedBy(medianOf(report, who, work), sum), times);
}

/** Shows the work at which the other contender comes closest, or is faster. */
function noneFaster(report: Figures, { who, than, works }: NoneFasterGoal): Omit<GoalResult, "id"> {
  const what = `all of it: ${titleOf(report, who)} / ${titleOf(report, than)}`;
  const wanted = `≤ ${times(1)} each`;
  const ratios = works.map((work) => ({
    work,
    ratio: dividedBy(medianOf(report, who, work), medianOf(report, than, work)),
  }));
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
  const samples = measuredOf(report, who, work)?.samples ?? [];
  const growth = most === 0 ? leftBehind : trendOver;
  const grown = samples.length === 0 ? undefined : growth(samples);
  return atMost(most, what, grown, (one) => quantity(one, unit));
}

function none(report: Figures, { who, work }: NoneGoal): Omit<GoalResult, "id"> {
  const what = `${workTitleOf(report, work)}: ${titleOf(report, who)}`;
  const samples = measuredOf(report, who, work)?.samples ?? [];
  const most = samples.length === 0 ? undefined : Math.max(...samples);
  return atMost(0, what, most, (one) => quantity(one, "count"));
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

/** Divides two figures; undefined where one of them is missing. */
function dividedBy(own: number | undefined, other: number | undefined): number | undefined {
  return own === undefined || other === undefined ? undefined : own / other;
}

/** Adds up figures; undefined where one of them is missing. */
function sumOf(figures: readonly (number | undefined)[]): number | undefined {
  const known = figures.filter((one) => one !== undefined);
  return known.length < figures.length ? undefined : known.reduce((sum, one) => sum + one, 0);
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
