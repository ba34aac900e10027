import type { InspectedContainer } from "../docker/container-details.ts";
import type { PublishedPort } from "../docker/ps-container.ts";
import { answersAt } from "../observe/answers.ts";
import { pause } from "../process/async.ts";

/** Pause between two questions at the same ports. */
const RETRY_MS = 100;

/** Asks containers for an answer at the TCP ports that they publish on this machine. */
export class AnswerWatch {
  readonly #onAnswer: (container: InspectedContainer, port: number) => void;
  readonly #answersAt: typeof answersAt;
  /** Ends the questions to each run of a container, by the run. */
  readonly #asked = new Map<string, AbortController>();

  /** @param onAnswer called once for each run of a container, with the port of the host */
  constructor(
    onAnswer: (container: InspectedContainer, port: number) => void,
    probe: typeof answersAt = answersAt,
  ) {
    this.#onAnswer = onAnswer;
    this.#answersAt = probe;
  }

  /** Asks these running containers from now on, each until it answers, and no others. */
  ask(containers: readonly InspectedContainer[]): void {
    const runs = new Map(containers.map((container) => [runOf(container), container]));
    for (const [run, ending] of this.#asked) {
      if (!runs.has(run)) {
        ending.abort();
        this.#asked.delete(run);
      }
    }
    for (const [run, container] of runs) {
      const ports = container.ports.filter(({ protocol }) => protocol === "tcp");
      if (ports.length > 0 && !this.#asked.has(run)) {
        const ending = new AbortController();
        this.#asked.set(run, ending);
        void this.#askUntilAnswer(container, ports, ending.signal);
      }
    }
  }

  /** Ends all questions. */
  close(): void {
    this.ask([]);
  }

  async #askUntilAnswer(
    container: InspectedContainer,
    ports: readonly PublishedPort[],
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      const answers = await Promise.all(ports.map((port) => this.#answersAt(port, signal)));
      const port = ports.find((_, index) => answers[index]);
      if (port !== undefined && !signal.aborted) {
        this.#onAnswer(container, port.hostPort);
        return;
      }
      await pause(RETRY_MS, signal);
    }
  }
}

/** One run of a container: a container that is started again is asked again. */
function runOf({ id, startedAt }: InspectedContainer): string {
  return `${id} ${startedAt}`;
}
