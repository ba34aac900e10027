/** One check of the project, and the groups that a run is made of. */
import type { SetupContext } from "../../setup/context.ts";
import type { Tally } from "./tally.ts";

/** Seconds that one test file took. */
export interface FileTime {
  /** Path below the checkout. */
  readonly file: string;
  readonly seconds: number;
}

/** The tally of a check, with the time of each test file where the check is made of such. */
export interface CheckResult {
  readonly tally: Tally;
  readonly files?: readonly FileTime[];
}

/** How checks are run. */
export interface CheckOptions {
  /** The part of each group of test files to run, such as `1/2`. Defaults to all files. */
  readonly shard?: string;
}

/** Something that is checked, and how. */
export interface Check {
  readonly name: string;
  readonly run: (context: SetupContext, options: CheckOptions) => Promise<CheckResult>;
}
