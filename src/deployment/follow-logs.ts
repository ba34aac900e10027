/** The logs of a project as they are written. */

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

/** What the engine may have told before it was listened to, in seconds. */
const EARLIER_EVENTS_SECONDS = 60;

/** Which logs are followed, and who reads them. */
export interface FollowLogsOptions extends LogSelection {
  /** Ends it. */
  readonly signal: AbortSignal;
  /**
   * Takes lines that may be shown, as compose prints them, `api-1  | text`; no more are read before it
   * has settled.
   */
  readonly onLines: (lines: readonly string[]) => Promise<void>;
}

/**
 * Hands on the last lines of a project's logs, and then each line that comes, until the signal fires
 * or no container runs any more. Containers that are made meanwhile are followed too.
 *
 * Lines come without control characters and without the secrets of the containers, as those of
 * `ComposeProject.logs` do, within 0.1 s; one that ends as a secret might go on, within 0.6 s. Of a line
 * over 16 Ki characters the rest is left out. Memory stays flat.
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
    // Of what came before the first reading of secrets nothing may be missed.
    since: String(Math.floor(Date.now() / 1_000) - EARLIER_EVENTS_SECONDS),
    onEvent: ({ action }) => {
      if (action === "create") {
        secrets.readAgain();
      }
    },
  })
    .then(() => {
      if (!signal.aborted) {
        // Secrets of containers that are made from now on would not be known.
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
