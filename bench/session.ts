/** One contender in its own world, with a clock. */
import { setTimeout as delay } from "node:timers/promises";
import type { CommandLine, Deployment, Operation } from "../faults/subjects/subject.ts";
import { run } from "../src/process/run.ts";
import type { DaemonWorld } from "../testing/world/daemon-world.ts";
import type { Settings } from "../testing/world/world.ts";
import { NotDone } from "./suite.ts";
import { lastWords } from "./words.ts";

/** Deadline of every command, in milliseconds. */
const COMMAND_TIMEOUT_MS = 600_000;
/** Time for services to become healthy after a command that does not wait, in milliseconds. */
const HEALTHY_TIMEOUT_MS = 120_000;
/** Interval of health polls, in milliseconds. */
const INTERVAL_MS = 100;
const START_TIMEOUT_SECONDS = 300;

/** Options of a session. */
export interface SessionOptions {
  readonly world: DaemonWorld;
  readonly deployment: Deployment;
  /** Whether Lago is deployed. */
  readonly deploys: boolean;
  /** Ends the running command when it fires. */
  readonly signal: AbortSignal;
}

/** A contender's deployment, and its settings. */
export class Session {
  readonly world: DaemonWorld;
  readonly #deployment: Deployment;
  readonly #deploys: boolean;
  readonly #signal: AbortSignal;
  #environment: Record<string, string>;
  readonly #changed = new Set<string>();

  constructor({ world, deployment, deploys, signal }: SessionOptions) {
    this.world = world;
    this.#signal = signal;
    this.#deployment = deployment;
    this.#deploys = deploys;
    this.#environment = { ...world.secrets };
  }

  /** Changes a setting for all later operations. */
  set(name: string, value: string): void {
    this.#environment = { ...this.#environment, [name]: value };
    this.#changed.add(name);
  }

  /**
   * Measures an operation, in milliseconds.
   *
   * @throws NotDone when it fails, or there is none
   */
  async time(operation: Operation): Promise<number> {
    return await this.timeAs(operation, await this.commandLine(operation));
  }

  /**
   * Returns the command line of an operation, ready to be run.
   *
   * @throws NotDone when there is none
   */
  async commandLine(operation: Operation): Promise<CommandLine> {
    const line = await this.#deployment.command(operation, this.#settings);
    if (line === undefined) {
      throw new NotDone("it has no such command");
    }
    return line;
  }

  /**
   * Measures another command line that does the operation, in milliseconds.
   *
   * @throws NotDone when it fails
   */
  async timeAs(operation: Operation, line: CommandLine): Promise<number> {
    const startedAt = performance.now();
    await this.#perform(operation, line);
    return performance.now() - startedAt;
  }

  /**
   * Measures an `up` until it has ended and every service is as wanted, in milliseconds.
   *
   * @throws NotDone when it fails, or the services do not get there
   */
  async timeUntilHealthy(): Promise<number> {
    const commandMs = await this.time("up");
    if (!this.#deploys) {
      return commandMs;
    }
    const endedAt = performance.now();
    for (let waitedMs = 0; ; waitedMs = performance.now() - endedAt) {
      const unreached = await this.world.unreached(this.#settings, [...this.#changed]);
      if (unreached.length === 0) {
        return commandMs + waitedMs;
      }
      if (waitedMs > HEALTHY_TIMEOUT_MS) {
        throw new NotDone(unreached.join(", "));
      }
      await delay(INTERVAL_MS, undefined, { signal: this.#signal });
    }
  }

  get #settings(): Settings {
    return { environment: this.#environment, startTimeoutSeconds: START_TIMEOUT_SECONDS };
  }

  async #perform(operation: Operation, line: CommandLine): Promise<void> {
    const { program, args, cwd, environment } = line;
    const env = { ...this.world.environment, ...environment };
    const signal = this.#signal;
    const result = await run(program, args, { cwd, env, timeoutMs: COMMAND_TIMEOUT_MS, signal });
    const { exitCode, stdout, stderr, durationMs } = result;
    if (exitCode !== 0) {
      const output = `${stdout}\n${stderr}`;
      const ended = { operation, exitCode, output, stdout, stderr, durationMs };
      const said = this.#deployment.errorOf({ ...ended, interrupted: false });
      throw new NotDone(`${program} ${args[0]} ended with ${exitCode}: ${lastWords(said)}`);
    }
  }
}
