/** Calls of docker about one compose project. */
import { callDocker, type DockerCall, WORDS_BYTES } from "../docker/docker.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { redactUrls } from "../redaction/redact.ts";
import { DEFAULT_TIMEOUT_MS } from "./options.ts";
import type { ProjectCalls } from "./project-calls.ts";
import type { ProjectSecrets } from "./project-secrets.ts";

/** A folder without a compose file, here or above, that compose could take for the project's. */
const NEUTRAL_FOLDER = "/";

/** Reading calls answer in well under a second; an engine that does not is out of reach. */
export const READ_TIMEOUT_MS = 30_000;

/** Calls docker about a project by its name. */
export class ProjectDocker {
  readonly #project: { readonly name: string; readonly engine: DockerEndpoint };
  readonly #calls: ProjectCalls;
  readonly #secrets: ProjectSecrets;

  /** @param secrets hides secrets in messages of failures */
  constructor(
    { name, engine }: { readonly name: string; readonly engine: DockerEndpoint },
    calls: ProjectCalls,
    secrets: ProjectSecrets,
  ) {
    this.#project = { name, engine };
    this.#calls = calls;
    this.#secrets = secrets;
  }

  /**
   * Asks docker for output, and calls `prepare` while docker works: modules loaded before the call
   * would delay docker.
   */
  read<T>(
    purpose: string,
    args: readonly string[],
    prepare: () => Promise<T>,
    captureBytes?: number,
  ) {
    const started = Promise.withResolvers<void>();
    const bounds = { timeoutMs: READ_TIMEOUT_MS, captureBytes, onStart: started.resolve };
    // Also when docker could not be started.
    const answer = this.#call(purpose, args, bounds).finally(started.resolve);
    return allSettledOrThrow([answer, started.promise.then(prepare)]);
  }

  /** Has compose change the project. Only the messages of compose are of interest. */
  change(purpose: string, command: readonly string[]) {
    const bounds = {
      timeoutMs: this.#calls.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      captureBytes: WORDS_BYTES,
    };
    return this.#call(purpose, this.composeArguments(command), bounds);
  }

  #call(
    purpose: string,
    args: readonly string[],
    bounds: Pick<DockerCall, "timeoutMs" | "captureBytes" | "onStart">,
  ) {
    const call = { ...this.callFor(purpose), ...bounds };
    const redactMore = () => this.#secrets.afterFailure(this.callFor(purpose));
    return callDocker({ ...call, args, redactMore });
  }

  /** Arguments of docker for a command of compose on the project. */
  composeArguments(command: readonly string[]): string[] {
    return ["compose", "--ansi", "never", "--project-name", this.#project.name, ...command];
  }

  /**
   * Options of a docker call about the project.
   *
   * @param purpose purpose of the call, such as "Reading the status"
   */
  callFor(purpose: string) {
    return {
      engine: this.#project.engine,
      purpose: `${purpose} of project ${this.#project.name}`,
      cwd: NEUTRAL_FOLDER,
      signal: this.#calls.signal,
      redact: this.#calls.redact ?? redactUrls,
    };
  }
}
