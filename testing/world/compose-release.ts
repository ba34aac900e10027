/**
 * Answers of a compose of another release than the modeled one, for subjects that check the
 * release.
 */
import type { Script } from "../scripted-docker/answers.ts";
import { writeProgram } from "./program.ts";

/**
 * Answers to `compose version`, in each of its forms.
 *
 * @param release such as `2.17.3`
 * @param program path for a program that answers
 * @param modeled program of the modeled engine, which answers for docker itself
 */
export async function composeRelease(
  release: string,
  program: string,
  modeled: string,
): Promise<Script> {
  const json = JSON.stringify({ version: release });
  const answer = await writeProgram(
    program,
    `case " $* " in *" compose "*) echo '${json}' ;; *) exec '${modeled}' "$@" ;; esac`,
  );
  return { version: { stdout: `${release}\n` }, "version --format": answer };
}
