/** Types documented commands into a shell, as they stand in the documents. */
import { type RunOptions, type RunResult, run } from "../../../../src/process/run.ts";
import { documented } from "../../../support/docs/typed.ts";
import type { Clone } from "./clone.ts";

/** How one command is typed. */
export interface TypingOptions {
  /** What stands in the place of names and of `…`, beside what {@link Substitutions} say. */
  readonly instead?: Readonly<Record<string, string>>;
  /** What is typed behind the command, where the document leaves it open. */
  readonly more?: string;
  /** Folder below the clone, or an absolute one. Defaults to the clone's. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** How it has to end. Defaults to 0. */
  readonly exitCode?: number;
}

/** What is typed instead of names that only the documents have, in this order. */
export type Substitutions = readonly (readonly [name: string, instead: string])[];

/** Somebody who reads the documents. */
export interface Reader {
  /** Types a command and waits for its end. Throws when it does not end as it has to. */
  types(text: string, options?: TypingOptions): Promise<RunResult>;
  /** Types one that goes on, and ends it with Ctrl-C at a line that fits. */
  typesUntil(text: string, fits: RegExp, options?: TypingOptions): Promise<RunResult>;
}

const TIMEOUT_MS = 180_000;

/** Somebody at the shell of a clone. */
export function readerIn(clone: Clone, substitutions: Substitutions): Reader {
  const start = async (text: string, options: TypingOptions, watch: Partial<RunOptions>) => {
    const { instead = {}, more = "", cwd = clone.folder, env = {}, stdin = "" } = options;
    const typed = [...Object.entries(instead), ...substitutions].reduce(
      (line, [name, value]) => line.replaceAll(name, value),
      documented(text),
    );
    // A shell's line, as the documents have it and as a person would type it.
    const line = `${typed} ${more}`.trim();
    const result = await run("bash", ["-o", "pipefail", "-c", line], {
      cwd,
      env: { ...clone.env, ...env },
      stdin,
      timeoutMs: TIMEOUT_MS,
      ...watch,
    });
    const { exitCode = 0 } = options;
    if (result.exitCode !== exitCode) {
      throw new Error(
        `\`${line}\` ended with ${result.exitCode}, not ${exitCode}:\n${result.stdout}\n${result.stderr}`,
      );
    }
    return result;
  };
  return {
    types: (text, options = {}) => start(text, options, {}),
    typesUntil: (text, fits, options = {}) => {
      let group = 0;
      let sent = false;
      return start(
        text,
        { exitCode: 130, ...options },
        {
          timeoutMs: TIMEOUT_MS,
          onStart: (pid) => {
            group = pid;
          },
          onLine: (one) => {
            if (!sent && fits.test(one)) {
              sent = true;
              // A terminal sends it to all that is in the foreground.
              process.kill(-group, "SIGINT");
            }
          },
        },
      );
    },
  };
}
