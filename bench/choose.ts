/** Selects parts of the suites to run. */
import type { Suite, SuiteContender, SuiteWork } from "./suite.ts";

/** Requested parts; empty means all. */
export interface Wanted {
  readonly suites?: readonly string[] | undefined;
  readonly against?: readonly string[] | undefined;
  readonly work?: readonly string[] | undefined;
}

/** A suite, and the selected parts of it. */
export interface Chosen {
  readonly suite: Suite;
  readonly contenders: readonly SuiteContender[];
  readonly work: readonly SuiteWork[];
}

/** Selected and omitted parts. */
export interface Choice {
  readonly chosen: readonly Chosen[];
  /** Reasons for omissions that nobody asked for by name. */
  readonly notes: readonly string[];
}

/** Thrown when a request cannot be met. */
export class ChoiceError extends Error {}

/**
 * Chooses contenders and work of the suites. A name applies to each suite that knows it; a suite
 * without any selected part is left out.
 *
 * @throws ChoiceError for a name that no chosen suite knows, and for a contender that was named and
 * is missing on this machine
 */
export async function choose(all: readonly Suite[], wanted: Wanted): Promise<Choice> {
  const named = pick(all, wanted.suites, "suite", ({ id }) => id);
  const suites = named.filter(({ onlyByName }) => wanted.suites !== undefined || !onlyByName);
  requireKnown(
    suites.flatMap(({ contenders }) => contenders.map(({ name }) => name)),
    wanted.against,
    "contender",
  );
  requireKnown(
    suites.flatMap(({ work }) => work.map(({ id }) => id)),
    wanted.work,
    "work",
  );
  const reasons = await reasonsMissing(suites, wanted.against);
  if (wanted.against !== undefined && reasons.size > 0) {
    throw new ChoiceError([...reasons.values()].join("\n"));
  }
  const notes = [
    ...[...reasons].map(([name, reason]) => `without ${name}: ${reason}`),
    ...named
      .filter((suite) => !suites.includes(suite))
      .map(({ id }) => `without the suite ${id}: it is run where --suites names it`),
  ];
  const chosen = suites.map((suite) => ({
    suite,
    contenders: suite.contenders.filter(
      ({ name }) => isWanted(name, wanted.against) && !reasons.has(name),
    ),
    work: suite.work.filter(({ id }) => isWanted(id, wanted.work)),
  }));
  const empty = chosen.filter((one) => one.contenders.length === 0 || one.work.length === 0);
  return {
    chosen: chosen.filter((one) => !empty.includes(one)),
    notes: [
      ...notes,
      ...empty.map(({ suite }) => `without the suite ${suite.id}: nothing of it was chosen`),
    ],
  };
}

/** Explains, by name, why contenders cannot be measured here. */
async function reasonsMissing(
  suites: readonly Suite[],
  against: readonly string[] | undefined,
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  for (const { name, missing } of suites.flatMap(({ contenders }) => contenders)) {
    const reason = isWanted(name, against) ? await missing?.() : undefined;
    if (reason !== undefined) {
      reasons.set(name, reason);
    }
  }
  return reasons;
}

function pick<T>(
  all: readonly T[],
  wanted: readonly string[] | undefined,
  what: string,
  nameOf: (one: T) => string,
): readonly T[] {
  requireKnown(all.map(nameOf), wanted, what);
  return all.filter((one) => isWanted(nameOf(one), wanted));
}

function isWanted(name: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes(name);
}

function requireKnown(
  known: readonly string[],
  wanted: readonly string[] | undefined,
  what: string,
): void {
  const unknown = (wanted ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const names = [...new Set(known)].join(",");
    throw new ChoiceError(`There is no ${what} ${unknown.join(", ")}; there are ${names}.`);
  }
}
