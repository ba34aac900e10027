import { chmod, writeFile } from "node:fs/promises";
import type { Answer } from "../scripted-docker/answers.ts";

/** An answer that a program gives. */
export type ProgramAnswer = Answer & { readonly program: string };

/** Makes a program of a script for the shell, to answer in docker's place. */
export async function writeProgram(program: string, script: string): Promise<ProgramAnswer> {
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return { program };
}
