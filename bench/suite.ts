/** A suite: related measurements, with their contenders. */

/** Unit of a measurement: milliseconds, bytes of memory, or a count. */
export type Unit = "ms" | "bytes" | "count";

/** A contender of a suite. */
export interface SuiteContender {
  readonly name: string;
  /** Title for the heading of a table. */
  readonly title: string;
  /** Explains why the contender cannot be measured on this machine; undefined when it can. */
  missing?(): Promise<string | undefined>;
  /** Returns versions of programs that only this contender uses, by name. Defaults to none. */
  versions?(): Promise<Readonly<Record<string, string>>>;
}

/** A piece of measured work. */
export interface SuiteWork {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
}

/** Selected parts of a suite, and the receiver of figures. */
export interface SuiteChoice {
  /** Names of contenders, in the suite's order. */
  readonly contenders: readonly string[];
  /** Ids of work, in the suite's order. */
  readonly work: readonly string[];
  readonly rounds: number;
  /** Ends the run; all created resources are still removed. */
  readonly signal: AbortSignal;
  /**
   * Called with each figure in the work's unit, or with the reason for its absence.
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
  /** Method of measurement, in a sentence or two. */
  readonly how: string;
  readonly contenders: readonly SuiteContender[];
  readonly work: readonly SuiteWork[];
  /**
   * Whether the suite runs only when named: it compares nobody, and takes an hour. Defaults to
   * false.
   */
  readonly onlyByName?: boolean;
  /** Number of rounds for a requested number. */
  rounds(asked: number): number;
  run(choice: SuiteChoice): Promise<void>;
}

/** Thrown when a piece of work did not reach its goal: also a result, and the run goes on. */
export class NotDone extends Error {}

/** Runs a measurement; returns its figure, or the reason for its absence. */
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
