/** The secrets of a project while its containers come and go. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { containerSecrets } from "../observe/container-secrets.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { Hiding } from "../redaction/container-log.ts";
import { endFinderFor, redactorFor } from "../redaction/redact.ts";
import type { ComposeProject } from "./project.ts";
import { READ_TIMEOUT_MS } from "./project-docker.ts";

/**
 * The secrets that the project's containers have, and had since somebody looked. The engine tells
 * that a container was made before it is started, and so before it can say anything.
 */
export class KnownSecrets {
  readonly #project: ComposeProject;
  readonly #purpose: string;
  readonly #signal: AbortSignal;
  readonly #known = new Set<string>();
  #hiding: Promise<Hiding>;

  /** @param purpose what they are read for, such as "Following the logs" */
  constructor(project: ComposeProject, purpose: string, signal: AbortSignal) {
    this.#project = project;
    this.#purpose = purpose;
    this.#signal = signal;
    this.#hiding = this.#read();
    // Told by whoever asks for it next.
    this.#hiding.catch(() => {});
  }

  /** Hides them all, also those of containers of which the engine has just told. */
  async hiding(): Promise<Hiding> {
    // What the engine has said is read before what is to be shown, whichever came first to be read.
    await nextTurn();
    for (;;) {
      const reading = this.#hiding;
      const hiding = await reading;
      if (reading === this.#hiding) {
        return hiding;
      }
    }
  }

  /** To be called when a container was made. */
  readAgain(): void {
    // Both: a container that has gone since the last reading may still be heard.
    this.#hiding = allSettledOrThrow([this.#hiding, this.#read()]).then(([, hiding]) => hiding);
    this.#hiding.catch(() => {});
  }

  async #read(): Promise<Hiding> {
    const timeoutMs = READ_TIMEOUT_MS;
    const call = { ...this.#project.callFor(this.#purpose), timeoutMs, signal: this.#signal };
    for (const secret of await containerSecrets(call, this.#project.name)) {
      this.#known.add(secret);
    }
    // All that is known when it is first used.
    const own = redactorFor(this.#known);
    return { redact: (text) => call.redact(own(text)), openEnd: endFinderFor(this.#known) };
  }
}
