import type { Snapshot } from "../observe/snapshot.ts";
import { ContainerWatch } from "./container-watch.ts";
import { explainFailure } from "./failure.ts";
import { deployStatusOf } from "./inspected-status.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import type { CallOptions } from "./options.ts";
import { type ExpectedService, ReadinessJudge } from "./readiness.ts";
import { startSeconds } from "./start-timeout.ts";
import type { DeployStatus } from "./status.ts";
import { waitUntilReady } from "./wait.ts";
import { type WantedService, wantedServices } from "./wanted-services.ts";

/** The start of a deployment, in one step or several, with one deadline for all. */
export class StartRun {
  readonly deployment: LagoDeployment;
  /** State of the project before the start. */
  readonly before: DeployStatus;
  readonly #judge: ReadinessJudge;
  readonly #wanted: readonly WantedService[];
  readonly #watch: ContainerWatch;
  readonly #isLocal: boolean;
  readonly #timeoutMs: number;
  readonly #deadlineMs: number;

  private constructor(
    deployment: LagoDeployment,
    { isLocal }: Snapshot,
    before: DeployStatus,
    wanted: readonly WantedService[],
    judge: ReadinessJudge,
  ) {
    this.deployment = deployment;
    this.before = before;
    this.#judge = judge;
    this.#wanted = wanted;
    this.#isLocal = isLocal;
    this.#timeoutMs = startSeconds(deployment.options) * 1000;
    this.#deadlineMs = performance.now() + this.#timeoutMs;
    // Before compose changes anything, so that no change is missed.
    this.#watch = new ContainerWatch(deployment.project);
  }

  /** Looks at the containers, and begins to follow their changes. */
  static async begin(deployment: LagoDeployment, snapshot: Snapshot): Promise<StartRun> {
    const judge = new ReadinessJudge();
    const found = await deployment.project.containers();
    judge.note(found);
    const wanted = wantedServices(await deployment.model());
    return new StartRun(deployment, snapshot, deployStatusOf(found), wanted, judge);
  }

  /**
   * Runs one step, and watches services meanwhile until all of them are ready.
   *
   * @param work starts services; ends early by the options' signal or deadline
   * @throws DeployError of the kinds that {@link deploy} throws
   */
  async step(
    work: (call: CallOptions) => Promise<void>,
    expected: readonly ExpectedService[],
  ): Promise<DeployStatus> {
    const { onProgress, onStatusPoll, pullPolicy, signal, timings } = this.deployment.options;
    // Whichever of the two fails ends the other: a crash loop while compose still waits for the
    // service, or a failure of compose while the services are being watched.
    const either = new AbortController();
    const callSignal = AbortSignal.any(signal ? [either.signal, signal] : [either.signal]);
    let isStarted = false;
    const start = async () => {
      await work({
        // All images are pulled. Asking the registry once more could only fail.
        pullPolicy: pullPolicy === "always" ? "missing" : pullPolicy,
        timeoutMs: this.#timeoutMs,
        signal: callSignal,
      });
      isStarted = true;
      this.#watch.refresh();
      timings?.mark("start");
    };
    const wait = () =>
      waitUntilReady({
        watch: this.#watch,
        isLocal: this.#isLocal,
        expected,
        deadlineMs: this.#deadlineMs,
        isFinal: () => isStarted,
        signal: callSignal,
        onProgress,
        onStatusPoll,
        judge: this.#judge,
      });
    const [startResult, waitResult] = await Promise.allSettled([
      start().catch((error: unknown) => {
        either.abort();
        throw error;
      }),
      wait().finally(() => either.abort()),
    ]);
    if (waitResult.status === "fulfilled" && waitResult.value.outcome === "ready") {
      timings?.mark("health");
      return deployStatusOf(waitResult.value.inspected, this.#wanted);
    }
    throw await explainFailure(this.deployment, this.#judge, startResult, waitResult);
  }

  /** Ends the stream of changes. */
  close(): Promise<void> {
    return this.#watch.close();
  }
}
