/** A check of the project, and its options and result. */
import type { SetupContext } from "../../setup/context.ts";
import type { Tally } from "./tally.ts";

/** Duration of one test file in seconds. */
export interface FileTime {
  /** Path below the checkout. */
  readonly file: string;
  readonly seconds: number;
}

/** Tally of a check, with the duration of each test file if the check consists of test files. */
export interface CheckResult {
  readonly tally: Tally;
  readonly files?: readonly FileTime[];
}

/** Options of checks. */
export interface CheckOptions {
  /** Part of each group of test files to run, such as `1/2`. Defaults to all files. */
  readonly shard?: string;
}

/** A check of the project. */
export interface Check {
  readonly name: string;
  readonly run: (context: SetupContext, options: CheckOptions) => Promise<CheckResult>;
}
