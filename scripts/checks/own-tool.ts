/** Checks with tools that have to be downloaded, or that not every machine has. */
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import type { Tally } from "./tally.ts";

/** Tally of a check that was left out. */
export const LEFT_OUT: Tally = { passed: 0, failed: 0, skipped: 1 };

/** Runs a check. It is left out on a developer's machine that lacks its tool and cannot get it. */
export async function unlessToolIsMissing(
  context: SetupContext,
  name: string,
  check: () => Promise<Tally>,
): Promise<Tally> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof SetupFailure && !context.env.CI) {
      context.report.note(`${name}: left out. ${error.message}`);
      return LEFT_OUT;
    }
    throw error;
  }
}
