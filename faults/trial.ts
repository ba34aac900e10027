/** One run of a case: its operations, and their judgement. */

import type { DaemonWorld } from "../testing/world/daemon-world.ts";
import type { FakeWorld } from "../testing/world/fake-world.ts";
import type { Level } from "../testing/world/level.ts";
import type { Settings, World } from "../testing/world/world.ts";
import type { FaultCase } from "./case.ts";
import type { RecoveryUp } from "./invariants/i3-recovery.ts";
import { checkTime } from "./invariants/i6-time.ts";
import type { Failure } from "./invariants/i7-errors.ts";
import type { Violation } from "./invariants/violation.ts";
import { errorViolations, exitCodeViolations, processViolations } from "./judging.ts";
import { type Control, perform } from "./operate.ts";
import type { CommandLine, Deployment, Ended, Operation, Subject } from "./subjects/subject.ts";
import { SecretSearch } from "./watch/secret-search.ts";

/** Thrown by a trial when the case does not apply to the subject. */
export class NotApplicable extends Error {}

/** Thrown by a trial that cannot go on, since an expectation has already failed. */
export class Lost extends Error {}

/** Changes before an operation: values of the compose file's variables. */
export type Changes = Readonly<Record<string, string>>;

/** Deadlines of operations that prepare or clean up a trial, in milliseconds. */
const STAGE_TIMEOUT_MS: Readonly<Record<Level, number>> = { F: 60_000, E: 90_000, D: 240_000 };
/** Time after an operation's bound until it is killed from outside, in milliseconds. */
const BEYOND_BOUND_MS = 5_000;
const DEFAULT_START_TIMEOUT_SECONDS = 60;

/** A subject in a world, and the results so far. */
export class Trial {
  readonly world: World;
  readonly subject: Subject;
  readonly deployment: Deployment;
  readonly search: SecretSearch;
  readonly violations: Violation[] = [];
  /** Unmet expectations of the case, in words. */
  readonly unmet: string[] = [];
  /** Places where secrets were seen during operations. */
  readonly watched: string[] = [];
  readonly ended: Ended[] = [];
  /** Duration of the longest operation with a bound, in milliseconds. */
  worstMs = 0;
  readonly #case: FaultCase;
  /** Ends all work when the bench is to stop. */
  readonly signal: AbortSignal;
  readonly #expected = new Map<Ended, Failure>();
  readonly #undo: (() => Promise<void> | void)[] = [];
  readonly #startTimeoutSeconds: number;
  #environment: Record<string, string>;
  #configured: Pick<Settings, "project" | "options"> = {};
  readonly #changed = new Set<string>();
  #staged = false;

  constructor(
    faultCase: FaultCase,
    world: World,
    subject: Subject,
    deployment: Deployment,
    signal: AbortSignal,
  ) {
    this.#case = faultCase;
    this.world = world;
    this.subject = subject;
    this.deployment = deployment;
    this.signal = signal;
    this.#startTimeoutSeconds = faultCase.startTimeoutSeconds ?? DEFAULT_START_TIMEOUT_SECONDS;
    this.search = new SecretSearch(world.secrets);
    this.#environment = { ...world.secrets };
  }

  get level(): Level {
    return this.world.level;
  }

  /** The world with the scripted docker. */
  get fake(): FakeWorld {
    if (!("docker" in this.world)) {
      throw new Error(`there is no scripted docker on level ${this.level}`);
    }
    return this.world as FakeWorld;
  }

  /** The world with the real daemon. */
  get daemon(): DaemonWorld {
    if (!("containers" in this.world)) {
      throw new Error(`there are no containers on level ${this.level}`);
    }
    return this.world as DaemonWorld;
  }

  get settings(): Settings {
    return {
      environment: this.#environment,
      startTimeoutSeconds: this.#startTimeoutSeconds,
      ...this.#configured,
    };
  }

  /** Changes settings that are not variables of the compose file, for all later operations. */
  configure(changes: Pick<Settings, "project" | "options">): void {
    this.#configured = { ...this.#configured, ...changes };
  }

  /**
   * Brings the deployment up before the fault, with data in its volumes.
   *
   * @throws Lost when that fails
   */
  async start(): Promise<void> {
    const up = await this.stage(() => this.up());
    if (up.exitCode !== 0) {
      throw new Lost(
        `the first up, before any fault, ended with ${up.exitCode}: ${this.#tail(up)}`,
      );
    }
    await this.world.writeData();
  }

  /** Runs operations that prepare a trial, without the case's bound. */
  async stage<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#staged;
    this.#staged = true;
    try {
      return await work();
    } finally {
      this.#staged = before;
    }
  }

  /** Starts or updates the deployment, with `changes` to its settings from here on. */
  async up(changes: Changes = {}, control: Control = {}): Promise<Ended> {
    this.#environment = { ...this.#environment, ...changes };
    for (const name of Object.keys(changes)) {
      this.#changed.add(name);
    }
    const ended = await this.#operate("up", control);
    this.violations.push(...(await exitCodeViolations(ended, () => this.unreached())));
    return ended;
  }

  /** Removes the deployment and keeps its data. */
  async down(control: Control = {}): Promise<Ended> {
    const ended = await this.#operate("down", control);
    const left = async () => (await this.world.remains()).map((what) => `${what} is left`);
    this.violations.push(...(await exitCodeViolations(ended, left)));
    return ended;
  }

  /** Shows the state of the services. */
  status(control: Control = {}): Promise<Ended> {
    return this.#operate("status", control);
  }

  /** Shows what `up` would do. */
  preview(control: Control = {}): Promise<Ended> {
    return this.#operate("preview", control);
  }

  /** Compares running containers with the last deployment. */
  refresh(control: Control = {}): Promise<Ended> {
    return this.#operate("refresh", control);
  }

  /** Whether the subject has such an operation. */
  async offers(operation: Operation): Promise<boolean> {
    return (await this.deployment.command(operation, this.settings)) !== undefined;
  }

  /** Types the commands that the subject's documentation prescribes after it was killed. */
  async typeRecovery(): Promise<void> {
    for (const line of await this.deployment.recovery(this.settings)) {
      await this.#perform("recovery", line, {});
    }
  }

  /** Lists differences from the wanted state, by docker's own account. */
  unreached(): Promise<string[]> {
    return this.world.unreached(this.settings, [...this.#changed]);
  }

  /** Records an unmet expectation when a condition is false. */
  expect(condition: boolean, otherwise: string): void {
    if (!condition) {
      this.unmet.push(otherwise);
    }
  }

  /** Expects that an operation has failed in time, with an error of this content. */
  expectFailure(ended: Ended, failure: Failure): void {
    this.expect(ended.exitCode !== 0, `${ended.operation} ended with 0`);
    this.#expected.set(ended, failure);
  }

  /** Expects that an operation has succeeded. */
  expectSuccess(ended: Ended): void {
    const { operation, exitCode } = ended;
    this.expect(exitCode === 0, `${operation} ended with ${exitCode}: ${this.#tail(ended)}`);
  }

  /** Ends the trial: the case does not apply to this subject. */
  notApplicable(reason: string): never {
    throw new NotApplicable(reason);
  }

  /** Registers a way to end a fault that the case injects itself. */
  undo(work: () => Promise<void> | void): void {
    this.#undo.push(work);
  }

  /** Ends the fault. */
  async heal(): Promise<void> {
    for (const work of this.#undo.splice(0).reverse()) {
      await work();
    }
    await this.world.heal();
  }

  /** Whether an operation did not end by itself and had to be killed. */
  get hasKilled(): boolean {
    return this.ended.some(({ exitCode }) => exitCode === undefined);
  }

  /** Runs an `up` of the recovery, and records the state after it. */
  async recoveryUp(): Promise<RecoveryUp> {
    const ended = await this.stage(() => this.#operate("up", {}));
    return {
      exitCode: ended.exitCode,
      error: ended.exitCode === 0 ? "" : this.deployment.errorOf(ended),
      unreached: await this.unreached(),
      standing: await this.world.standing(),
      changes: this.deployment.changesOf(ended),
    };
  }

  /** Judges the shown error of each failure; to be called once, at the end. */
  judgeErrors(): void {
    this.violations.push(
      ...errorViolations(this.ended, this.#expected, this.deployment, this.subject.ours),
    );
  }

  async #operate(operation: Operation, control: Control): Promise<Ended> {
    const line = await this.deployment.command(operation, this.settings);
    if (line === undefined) {
      throw new Lost(`${this.subject.title} has no ${operation}`);
    }
    return await this.#perform(operation, line, control);
  }

  async #perform(
    operation: Ended["operation"],
    line: CommandLine,
    control: Control,
  ): Promise<Ended> {
    this.signal.throwIfAborted();
    const boundMs = this.#staged ? undefined : this.#case.boundMs[this.level];
    const timeoutMs =
      boundMs === undefined ? STAGE_TIMEOUT_MS[this.level] : boundMs + BEYOND_BOUND_MS;
    const { world, search } = this;
    const { ended, watched } = await perform(
      { operation, line, timeoutMs, world, search, signal: this.signal },
      control,
    );
    this.signal.throwIfAborted();
    this.ended.push(ended);
    this.watched.push(...watched);
    if (boundMs !== undefined && !ended.interrupted) {
      const { durationMs } = ended;
      this.worstMs = Math.max(this.worstMs, durationMs);
      const byItself = ended.exitCode !== undefined;
      this.violations.push(...checkTime({ operation, durationMs, boundMs, ended: byItself }));
    }
    const { temporaryFolder } = world;
    this.violations.push(...(await processViolations(ended, this.ended, temporaryFolder)));
    return ended;
  }

  /** Returns the end of the shown error, for a reason. */
  #tail(ended: Ended): string {
    const lines = this.deployment.errorOf(ended).trim().split("\n");
    return lines.slice(-3).join(" / ").slice(-300);
  }
}
