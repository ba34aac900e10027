import { parseArgs } from "node:util";
import { SetupFailure, USAGE_EXIT_CODE } from "../setup/failure.ts";

/** What a soak is called with. */
export interface SoakArguments {
  /** Number of rounds, 1 or more. */
  readonly rounds: number;
  /** A round by Pulumi after so many others; 0 for none. */
  readonly pulumiEvery: number;
  /** File for the report as JSON. */
  readonly json: string | undefined;
}

/**
 * Reads `[--rounds N] [--pulumi-every N] [--json FILE]`. Defaults to 100 rounds, with one by Pulumi
 * after each ten.
 *
 * @throws SetupFailure when anything else is given
 */
export function parseSoakArguments(args: readonly string[]): SoakArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: "100" },
        "pulumi-every": { type: "string", default: "10" },
        json: { type: "string" },
      },
    });
    return {
      rounds: wholeNumber("--rounds", values.rounds, 1),
      pulumiEvery: wholeNumber("--pulumi-every", values["pulumi-every"], 0),
      json: values.json,
    };
  } catch (error) {
    const { message } = error as Error;
    throw new SetupFailure(
      `${message}\n    npm run soak -- [--rounds N] [--pulumi-every N] [--json FILE]`,
      { exitCode: USAGE_EXIT_CODE },
    );
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least) {
    throw new Error(`${name} takes a whole number from ${least} up, not "${text}".`);
  }
  return Number(text);
}
