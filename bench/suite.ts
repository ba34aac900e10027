/** A suite: measurements that belong together, with those who are measured. */

/** In what a piece of work is measured: milliseconds, bytes of memory, or how many there are. */
export type Unit = "ms" | "bytes" | "count";

/** One of those who are measured. */
export interface SuiteContender {
  readonly name: string;
  /** For the heading of a table. */
  readonly title: string;
  /** Why it cannot be measured on this machine; undefined when it can. */
  missing?(): Promise<string | undefined>;
  /** Versions of what only this one is made of, by name. Defaults to none. */
  versions?(): Promise<Readonly<Record<string, string>>>;
}

/** A piece of work that is measured. */
export interface SuiteWork {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
}

/** What of a suite is to be run, and who is told of the figures. */
export interface SuiteChoice {
  /** Names of contenders, in the suite's order. */
  readonly contenders: readonly string[];
  /** Ids of work, in the suite's order. */
  readonly work: readonly string[];
  readonly rounds: number;
  /** Ends the run; what it has made is removed all the same. */
  readonly signal: AbortSignal;
  /**
   * Called with each figure as it comes, in the work's unit, or with the reason why there is none.
   *
   * @param round 1 or more
   */
  readonly onResult: (
    round: number,
    contender: string,
    work: string,
    result: number | string,
  ) => void;
}

/** A suite. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  /** How it is measured, in a sentence or two. */
  readonly how: string;
  readonly contenders: readonly SuiteContender[];
  readonly work: readonly SuiteWork[];
  /** Whether it is left out unless it is named: it compares nobody, and takes an hour. Defaults to false. */
  readonly onlyByName?: boolean;
  /** How many rounds it has where so many were asked for. */
  rounds(asked: number): number;
  run(choice: SuiteChoice): Promise<void>;
}

/** A piece of work that did not come to what it is for: a result too, and the run goes on. */
export class NotDone extends Error {}

/** What a measurement came to: its figure, or why there is none. */
export async function resultOf(measure: () => Promise<number>): Promise<number | string> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof NotDone) {
      return error.message;
    }
    throw error;
  }
}
