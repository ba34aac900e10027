/** Recovery of a stack whose last deploy on this machine was killed. */
import { DeployError } from "../errors.ts";
import { pause } from "../process/async.ts";
import { plainMessage } from "../pulumi/cli/diagnostics.ts";
import { updateErrors } from "../pulumi/cli/update-events.ts";
import { type DeployPids, writeDeployPids } from "./deploy-pids.ts";
import { processState } from "./processes.ts";
import type { PipelineRun } from "./run.ts";
import { changeStack, type UpdateOptions } from "./update.ts";

/** Interval of checking whether the Pulumi of a killed deploy has ended, in milliseconds. */
const POLL_INTERVAL_MS = 500;

/**
 * Makes a stack fit for an update after deploys were killed: waits for their Pulumi, gives back its
 * lock, and has Pulumi forget and look up again what it had only begun. Containers and data stay.
 *
 * @returns a note for the report; none when no deploy was killed
 * @throws DeployError of kind `Locked` when a Pulumi does not end in time, or of kind `CommandFailed`
 */
export async function recoverStack(run: PipelineRun, options: UpdateOptions): Promise<string[]> {
  const { killed } = options;
  if (killed.length === 0) {
    return [];
  }
  for (const pids of killed) {
    await waitForExit(run, pids, options.deadlineMs);
  }
  run.onProgress(`stack ${run.stack}: the last run did not finish; recovering its state`);
  const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
  const result = await changeStack(run, refresh, options);
  if (result.exitCode !== 0) {
    const errors = updateErrors(result.stdout);
    throw new DeployError(
      "CommandFailed",
      `The last run on stack ${run.stack} did not finish, and its state cannot be recovered: pulumi refresh failed. Correct the cause and deploy again.\n${errors.join("\n") || plainMessage(result.stderr)}`,
      { exitCode: result.exitCode },
    );
  }
  writeDeployPids(options.pidsPath, []);
  return [
    "The last run did not finish. None of its processes runs any more, and this run continues from its state.",
  ];
}

/** Waits for a Pulumi whose pipeline was killed: it goes on, and gives its lock back at its end. */
async function waitForExit(
  run: PipelineRun,
  killed: DeployPids,
  deadlineMs: number,
): Promise<void> {
  if (processState(killed) !== "running") {
    return;
  }
  const { pids } = killed;
  run.onProgress(
    `stack ${run.stack}: waiting for the pulumi of a killed deploy (pid ${pids.join(" and ")}), which still runs`,
  );
  while (processState(killed) === "running") {
    if (performance.now() > deadlineMs || run.signal?.aborted) {
      throw new DeployError(
        run.signal?.aborted ? "Canceled" : "Locked",
        `\`deploy\` of stack ${run.stack} was not begun: the pulumi of a killed deploy (pid ${pids.join(" and ")}) still works on it. Nothing was touched. Wait for it, or end it with \`kill -INT ${pids.join(" ")}\`; the next deploy continues from its state.`,
      );
    }
    await pause(POLL_INTERVAL_MS, run.signal);
  }
}
