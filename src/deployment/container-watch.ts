import type { InspectedContainer } from "../docker/container-details.ts";
import { followContainers } from "../docker/engine-events.ts";
import { isOfService } from "../docker/labels.ts";
import { pause } from "../process/async.ts";
import type { ComposeProject } from "./project.ts";

/** Least time between two looks, in milliseconds: changes in between are looked at together. */
const GAP_MS = 100;

/** Longest time between two looks at all containers while the engine reports changes. */
const SAFETY_MS = 2_000;

/** Longest time between two looks while the engine does not report changes. */
const POLL_MS = 500;

/**
 * Looks at a project's containers when the engine reports a change. Inspects only those that changed,
 * and now and then all of them, so that a lost event only costs time.
 */
export class ContainerWatch {
  readonly #project: Pick<ComposeProject, "name" | "engine" | "containers" | "inspect">;
  readonly #closing = new AbortController();
  readonly #following: Promise<void>;
  readonly #changed = new Set<string>();
  /** Exit codes by container, as the engine reported the end of runs. */
  readonly #exitCodes = new Map<string, number>();
  #containers = new Map<string, InspectedContainer>();
  /** Whether the next look is at all containers. */
  #isWhole = true;
  /** Whether the engine reports changes now. */
  #isOpen = false;
  #lookedMs = -Infinity;
  #lookedAtAllMs = -Infinity;
  #wake = () => {};

  /** Begins to follow the changes. */
  constructor(
    project: Pick<ComposeProject, "name" | "engine" | "containers" | "inspect">,
    follow: typeof followContainers = followContainers,
  ) {
    this.#project = project;
    const onEnd = () => this.#setOpen(false);
    this.#following = follow(project.engine, project.name, {
      signal: this.#closing.signal,
      onOpen: () => this.#setOpen(true),
      onChange: (id, exitCode) => {
        if (exitCode !== undefined) {
          this.#exitCodes.set(id, exitCode);
        }
        this.touch(id);
      },
    }).then(onEnd, onEnd);
  }

  /** Returns the containers of the project's services as they are now. */
  async look(): Promise<InspectedContainer[]> {
    const nowMs = performance.now();
    const ids = [...this.#changed];
    this.#changed.clear();
    if (this.#isWhole || nowMs - this.#lookedAtAllMs >= SAFETY_MS) {
      this.#isWhole = false;
      this.#lookedAtAllMs = nowMs;
      const all = await this.#project.containers();
      this.#containers = new Map(all.map((container) => [container.id, container]));
    } else {
      const found = await this.#project.inspect(ids);
      for (const id of ids) {
        this.#containers.delete(id);
      }
      for (const container of found.filter(isOfService)) {
        this.#containers.set(container.id, container);
      }
    }
    this.#lookedMs = performance.now();
    return [...this.#containers.values()].map((container) => this.#withExitCode(container));
  }

  /**
   * Waits until something has changed since the last look.
   *
   * @param withinMs longest wait
   * @param signal ends the wait
   */
  async next(withinMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isDue()) {
      const waking = new AbortController();
      this.#wake = () => waking.abort();
      const longestMs = Math.min(withinMs, this.#isOpen ? SAFETY_MS : POLL_MS);
      await pause(Math.max(0, Math.ceil(longestMs)), AbortSignal.any([waking.signal, signal]));
    }
    if (this.#isDue()) {
      await pause(Math.max(0, this.#lookedMs + GAP_MS - performance.now()), signal);
    } else {
      this.#isWhole = true;
    }
  }

  /** Has the next look inspect a container, and begin soon. */
  touch(id: string): void {
    this.#changed.add(id);
    this.#wake();
  }

  /** Has the next look inspect all containers, and begin soon. */
  refresh(): void {
    this.#isWhole = true;
    this.#wake();
  }

  /** Ends the stream of changes. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#following;
  }

  /** Adds the exit code of a run that ended before the present one, which inspecting does not tell. */
  #withExitCode(container: InspectedContainer): InspectedContainer {
    const { id, lastExitCode } = container;
    return { ...container, lastExitCode: lastExitCode ?? this.#exitCodes.get(id) };
  }

  #isDue(): boolean {
    return this.#isWhole || this.#changed.size > 0;
  }

  #setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    // What changed before the stream began, or after it broke, was reported by nobody.
    this.refresh();
  }
}
