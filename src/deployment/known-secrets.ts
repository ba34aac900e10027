/** Secrets of a project while its containers come and go. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { containerSecrets } from "../observe/container-secrets.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { Hiding } from "../redaction/live-log.ts";
import { endFinderFor, redactorFor } from "../redaction/redact.ts";
import type { ComposeProject } from "./project.ts";
import { READ_TIMEOUT_MS } from "./project-docker.ts";

/**
 * Secrets that the project's containers have, or had since the first reading. The engine reports a
 * new container before starting it, and so before the container can print anything.
 */
export class KnownSecrets {
  readonly #project: ComposeProject;
  readonly #purpose: string;
  readonly #signal: AbortSignal;
  readonly #known = new Set<string>();
  #hiding: Promise<Hiding>;

  /** @param purpose purpose of reading them, such as "Following the logs" */
  constructor(project: ComposeProject, purpose: string, signal: AbortSignal) {
    this.#project = project;
    this.#purpose = purpose;
    this.#signal = signal;
    this.#hiding = this.#read();
    // The next caller gets the error.
    this.#hiding.catch(() => {});
  }

  /** Hides all of the secrets, also those of containers that the engine has just reported. */
  async hiding(): Promise<Hiding> {
    // Read the engine's reports before the text to show, whichever came first.
    await nextTurn();
    for (;;) {
      const reading = this.#hiding;
      const hiding = await reading;
      if (reading === this.#hiding) {
        return hiding;
      }
    }
  }

  /** Reads the secrets again. To be called when a container was made. */
  readAgain(): void {
    // Old and new: a container that has gone since the last reading may still have output to come.
    this.#hiding = allSettledOrThrow([this.#hiding, this.#read()]).then(([, hiding]) => hiding);
    this.#hiding.catch(() => {});
  }

  async #read(): Promise<Hiding> {
    const timeoutMs = READ_TIMEOUT_MS;
    const call = { ...this.#project.callFor(this.#purpose), timeoutMs, signal: this.#signal };
    for (const secret of await containerSecrets(call, this.#project.name)) {
      this.#known.add(secret);
    }
    // All secrets that are known at the first use.
    const own = redactorFor(this.#known);
    return { redact: (text) => call.redact(own(text)), openEnd: endFinderFor(this.#known) };
  }
}
