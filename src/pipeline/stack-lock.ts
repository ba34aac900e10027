/** One deploy of a stack at a time on this machine, whoever's it is. */
import { join } from "node:path";
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { lockFileName, lockFolder } from "../lock/file-lock.ts";
import { withLock } from "../lock/project-lock.ts";
import { programName } from "../pulumi/cli/program-name.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { tryJson } from "../text/json.ts";
import type { PipelineRun } from "./run.ts";

const whoSchema = z.looseObject({ url: z.string() });
const MAX_ERROR_BYTES = 2 * 1024;

/** The place of a stack's lock. */
export interface StackLock {
  readonly path: string;
  /** Tells stacks apart: those of other backends and programs have other names. */
  readonly name: string;
}

/**
 * Where the lock of a stack is.
 *
 * @throws DeployError of kind `CommandFailed` when there is no backend to be reached
 */
export async function stackLock(run: PipelineRun): Promise<StackLock> {
  const { stdout, stderr } = await runPulumi(run, ["whoami", "--json"]);
  const url = whoSchema.safeParse(tryJson(stdout)).data?.url;
  if (url === undefined) {
    throw new DeployError(
      "CommandFailed",
      `pulumi whoami failed: the backend of stack ${run.stack} is not known or does not answer. Check PULUMI_BACKEND_URL, or run \`pulumi login\`; nothing was touched.\n${tailBytes(cleanText(stderr).trim(), MAX_ERROR_BYTES)}`,
    );
  }
  const name = lockFileName(
    `stack-${run.stack.replace(/[^\w.-]/g, "_")}`,
    // Stacks of two programs in one backend may have the same name.
    [url, programName(run.folder) ?? "", run.stack].join("\0"),
  );
  return { path: join(lockFolder(run.environment), name), name };
}

/**
 * Runs `work` while no other deploy of the stack is at work on this machine.
 *
 * @throws DeployError of kind `Locked` when the other one does not end in time, and what `work` throws
 */
export function whileLocked<T>(
  run: PipelineRun,
  { path }: StackLock,
  timeoutSeconds: number,
  work: () => Promise<T>,
): Promise<T> {
  const { stack, signal, onProgress } = run;
  const subject = `stack ${stack}`;
  return withLock(
    path,
    {
      project: stack,
      subject,
      operation: "deploy",
      timeoutSeconds,
      signal,
      onProgress: ({ message }) => onProgress(message),
    },
    work,
  );
}
