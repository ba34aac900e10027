/** Logs of a project while they are being written. */

import { type LogSelection, logArguments } from "../compose/logs.ts";
import { followDocker } from "../docker/docker-streams.ts";
import { DeployError } from "../errors.ts";
import { Batches } from "../process/batches.ts";
import { LineSplitter } from "../process/output.ts";
import { LogWindow, MAX_LINE_TO_READ } from "../redaction/log-window.ts";
import { followEvents } from "./events.ts";
import { KnownSecrets } from "./known-secrets.ts";
import type { ComposeProject } from "./project.ts";

const PURPOSE = "Following the logs";

/**
 * Age of the events to read before listening, in seconds. The engine may have sent them earlier.
 */
const EARLIER_EVENTS_SECONDS = 60;

/** Selection of the logs to follow, and their reader. */
export interface FollowLogsOptions extends LogSelection {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /**
   * Receives lines that may be shown, as compose prints them, `api-1  | text`. The next ones are
   * read once the promise has settled.
   */
  readonly onLines: (lines: readonly string[]) => Promise<void>;
}

/**
 * Passes on the last lines of a project's logs, and then each new line, until the signal fires or
 * no container runs any more. Containers made in between are followed too.
 *
 * Lines come without control characters and without the secrets of the containers, as those of
 * `ComposeProject.logs` do, within 0.1 s; a line that ends in the possible beginning of a secret
 * comes within 0.6 s. Only the first 16 Ki characters of a line are shown. Memory stays flat.
 *
 * @throws DeployError of kind `ServiceNotFound` or `InvalidConfig`, or of the kind that docker's failure
 *   tells
 */
export async function followLogs(
  project: ComposeProject,
  options: FollowLogsOptions,
): Promise<void> {
  const args = project.composeArguments(logArguments(options));
  args.splice(args.indexOf("logs") + 1, 0, "--follow");
  await project.requireServices(options.services);

  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    ending.abort();
  };

  const secrets = new KnownSecrets(project, PURPOSE, signal);
  const window = new LogWindow();
  const show = async (lines: readonly string[]) => {
    if (lines.length > 0) {
      await options.onLines(lines);
    }
  };
  const batches = new Batches(async (lines) => {
    const hiding = await secrets.hiding();
    if (!signal.aborted) {
      const nowMs = performance.now();
      await show(window.show(lines, hiding, nowMs));
      batches.flushAfter(window.dueMs - nowMs);
    }
  }, fail);
  const splitter = new LineSplitter((line) => batches.add(line), MAX_LINE_TO_READ);

  const watch = followEvents(project, {
    signal,
    // No event from before the first reading of secrets may be missed.
    since: String(Math.floor(Date.now() / 1_000) - EARLIER_EVENTS_SECONDS),
    onEvent: ({ action }) => {
      if (action === "create") {
        secrets.readAgain();
      }
    },
  })
    .then(() => {
      if (!signal.aborted) {
        // The secrets of containers made from now on would be unknown.
        throw new DeployError(
          "DaemonUnreachable",
          `${PURPOSE} of project ${project.name} ended: the Docker engine stopped telling what happens.`,
        );
      }
    })
    .catch(fail);
  const logs = followDocker({
    ...project.callFor(PURPOSE),
    signal,
    args,
    redactMore: async () => (await secrets.hiding()).redact,
    onOutput: (chunk) => {
      splitter.push(chunk);
      return batches.drained();
    },
  }).catch(fail);

  await logs;
  splitter.end();
  await batches.end();
  if (!signal.aborted && window.dueMs < Number.POSITIVE_INFINITY) {
    await secrets
      .hiding()
      .then(({ redact }) => show(window.end(redact)))
      .catch(fail);
  }
  ending.abort();
  await watch;
  if (failure !== undefined && !options.signal.aborted) {
    throw failure.error;
  }
}
