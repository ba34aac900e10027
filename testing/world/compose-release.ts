/** A compose of another release than the modelled one, for those who ask before they call it. */
import type { Script } from "../scripted-docker/answers.ts";
import { writeProgram } from "./program.ts";

/**
 * The answers to `compose version`, in the forms that are asked for.
 *
 * @param release such as `2.17.3`
 * @param program path for a program that gives them
 * @param modelled program of the modelled engine, which says what docker itself is
 */
export async function composeRelease(
  release: string,
  program: string,
  modelled: string,
): Promise<Script> {
  const json = JSON.stringify({ version: release });
  const answer = await writeProgram(
    program,
    `case " $* " in *" compose "*) echo '${json}' ;; *) exec '${modelled}' "$@" ;; esac`,
  );
  return { version: { stdout: `${release}\n` }, "version --format": answer };
}
