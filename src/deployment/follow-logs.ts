/** The logs of a project as they are written. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { containerSecrets } from "../compose/container-secrets.ts";
import { callDocker } from "../compose/docker.ts";
import { followDocker } from "../compose/docker-streams.ts";
import { LogWindow, MAX_LINE_TO_READ } from "../compose/log-window.ts";
import { type LogSelection, logArguments } from "../compose/logs.ts";
import { DeployError } from "../errors.ts";
import { Batches } from "../process/batches.ts";
import { LineSplitter } from "../process/output.ts";
import { together } from "../process/together.ts";
import { type Redactor, redactorFor } from "../text/redact.ts";
import { followEvents } from "./events.ts";
import type { ComposeProject } from "./project.ts";

const PURPOSE = "Following the logs";
const READ_TIMEOUT_MS = 30_000;

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
 * `ComposeProject.logs` do, within 0.1 s. Of a line over 16 Ki characters the rest is left out. Memory
 * stays flat.
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

  const secrets = new KnownSecrets(project, signal);
  const window = new LogWindow();
  const batches = new Batches(async (lines) => {
    const redact = await secrets.redactor();
    if (!signal.aborted) {
      await options.onLines(window.show(lines, redact));
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
    redactMore: () => secrets.redactor(),
    onOutput: (chunk) => {
      splitter.push(chunk);
      return batches.room();
    },
  }).catch(fail);

  await logs;
  splitter.end();
  await batches.flush();
  ending.abort();
  await watch;
  if (failure !== undefined && !options.signal.aborted) {
    throw failure.error;
  }
}

/**
 * The secrets that the project's containers have, and had since somebody looked. The engine tells
 * that a container was made before it is started, and so before it can say anything.
 */
class KnownSecrets {
  readonly #project: ComposeProject;
  readonly #signal: AbortSignal;
  readonly #known = new Set<string>();
  #redactor: Promise<Redactor>;

  constructor(project: ComposeProject, signal: AbortSignal) {
    this.#project = project;
    this.#signal = signal;
    this.#redactor = this.#read();
    // Told by whoever asks for it next.
    this.#redactor.catch(() => {});
  }

  /** Hides them all, also those of containers of which the engine has just told. */
  async redactor(): Promise<Redactor> {
    // What the engine has said is read before what is to be shown, whichever came first to be read.
    await nextTurn();
    for (;;) {
      const reading = this.#redactor;
      const redactor = await reading;
      if (reading === this.#redactor) {
        return redactor;
      }
    }
  }

  readAgain(): void {
    // Both: a container that has gone since the last reading may still be heard.
    this.#redactor = together([this.#redactor, this.#read()]).then(([, redactor]) => redactor);
    this.#redactor.catch(() => {});
  }

  async #read(): Promise<Redactor> {
    const timeoutMs = READ_TIMEOUT_MS;
    const call = { ...this.#project.callFor(PURPOSE), timeoutMs, signal: this.#signal };
    const ask = async (args: readonly string[]) => (await callDocker({ ...call, args })).stdout;
    for (const secret of await containerSecrets(this.#project.name, ask)) {
      this.#known.add(secret);
    }
    // All that is known when it is first used.
    const own = redactorFor(this.#known);
    return (text) => call.redact(own(text));
  }
}
