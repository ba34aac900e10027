import { chmod, writeFile } from "node:fs/promises";
import type { Answer } from "../scripted-docker/answers.ts";

/** An answer by a program. */
export type ProgramAnswer = Answer & { readonly program: string };

/** Creates a program from a shell script, which answers instead of docker. */
export async function writeProgram(program: string, script: string): Promise<ProgramAnswer> {
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return { program };
}
