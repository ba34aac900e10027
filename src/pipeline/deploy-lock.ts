/** Lock that allows one deploy of a stack at a time on this machine, for all its users. */
import { join } from "node:path";
import type { WhoAmIResult } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { lockFileName, lockFolder } from "../lock/file-lock.ts";
import { withLock } from "../lock/project-lock.ts";
import { programName } from "../pulumi/cli/program-name.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { tryJson } from "../text/json.ts";
import type { PipelineRun } from "./run.ts";

const whoAmISchema = z.looseObject({ url: z.string() }) satisfies z.ZodType<
  Pick<Required<WhoAmIResult>, "url">
>;
const MAX_ERROR_BYTES = 2 * 1024;

/** Lock of a stack. */
export interface DeployLock {
  readonly path: string;
  /** File name of the lock. It differs between backends and programs. */
  readonly name: string;
}

/**
 * Finds the lock of a stack.
 *
 * @throws DeployError of kind `CommandFailed` when Pulumi's backend does not answer
 */
export async function deployLock(run: PipelineRun): Promise<DeployLock> {
  const { stdout, stderr } = await runPulumi(run, ["whoami", "--json"]);
  const url = whoAmISchema.safeParse(tryJson(stdout)).data?.url;
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

/** Wait for another run on a stack. */
export interface DeployWait {
  /** Name of the operation, for those who have to wait for it. */
  readonly operation: "deploy" | "destroy";
  /** Longest wait for another deploy, in seconds, 0 or more. */
  readonly timeoutSeconds: number;
  /** Option that makes the wait longer; empty for none. */
  readonly longerWait: string;
}

/**
 * Runs `work` while no other deploy of the stack runs on this machine.
 *
 * @throws DeployError of kind `Locked` when the other deploy does not end in time, and errors of `work`
 */
export function withDeployLock<T>(
  run: PipelineRun,
  { path }: DeployLock,
  wait: DeployWait,
  work: () => Promise<T>,
): Promise<T> {
  const { stack, signal, onProgress } = run;
  const subject = `stack ${stack}`;
  return withLock(
    path,
    {
      project: stack,
      subject,
      ...wait,
      signal,
      onProgress: ({ message }) => onProgress(message),
    },
    work,
  );
}
