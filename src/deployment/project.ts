/**
 * A compose project by its name alone. Compose finds the project's containers by label. No compose
 * file, setting or folder is needed, so these operations work after those are gone.
 */

import { logArguments, serviceArguments } from "../compose/logs.ts";
import type { InspectedContainer } from "../docker/container-details.ts";
import { type DockerEndpoint, engineFaults, engineOf } from "../docker/endpoint-settings.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { isOfService } from "../docker/labels.ts";
import type { PsContainer } from "../docker/ps-container.ts";
import { retryWhenRemoved } from "../docker/retry-when-removed.ts";
import { invalidConfig, onDeployError } from "../errors.ts";
import { requireProjectName } from "../lago/config/project-name.ts";
import { volumeRemovalIssues } from "../lago/config/volume-removal.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { redactLogs } from "../redaction/log-lines.ts";
import { redactUrls } from "../redaction/redact.ts";
import { cleanText } from "../text/clean.ts";
import type { ProjectCalls } from "./project-calls.ts";
import { ProjectDocker, READ_TIMEOUT_MS } from "./project-docker.ts";
import { ProjectSecrets } from "./project-secrets.ts";
import { serviceNotFound } from "./service-not-found.ts";
import { type DeployStatus, deployStatus } from "./status.ts";
import { impliedServices, type WantedService } from "./wanted-services.ts";

/** Most bytes of logs to read. Of longer logs, the end is kept. */
const MAX_LOG_BYTES = 1024 * 1024;

/** Most attempts to read the status while containers are being replaced. */
const MAX_STATUS_CALLS = 5;

/** Removals by {@link ComposeProject.stop} beside containers and networks. */
export interface StopOptions {
  /**
   * Name of the project whose volumes, and with them all data, are removed. Must be the name of the
   * stopped project. Defaults to none: all data stays.
   */
  readonly removeVolumesOf?: string | undefined;
}

/**
 * Operations on a project that need only its name. Modules that only some of them need are loaded
 * by those, while docker works: reading the status takes little longer than docker itself.
 */
export class ComposeProject {
  readonly name: string;
  /** Engine of the project. */
  readonly engine: DockerEndpoint;
  readonly #calls: ProjectCalls;
  readonly #secrets: ProjectSecrets;
  readonly #docker: ProjectDocker;

  /** @throws DeployError of kind `InvalidProjectName`, or `InvalidConfig` for the engine's settings */
  constructor(name: string, calls: ProjectCalls = {}) {
    this.name = requireProjectName(name);
    const issues = engineFaults(calls);
    if (issues.length > 0) {
      throw invalidConfig(issues);
    }
    this.engine = engineOf(calls);
    this.#calls = calls;
    this.#secrets = new ProjectSecrets(this.name, calls.redact ?? redactUrls);
    this.#docker = new ProjectDocker(this, calls, this.#secrets);
  }

  /** Stack that the project is named by; undefined where it is named by itself. */
  get stack(): string | undefined {
    return this.#calls.stack;
  }

  /**
   * `docker compose ps --all`.
   *
   * @param wanted services that should be there. Defaults to those that have containers, and those
   *   that these wait for
   */
  status(wanted?: readonly WantedService[]): Promise<DeployStatus> {
    // Compose lists the containers and then asks for each. It gives up when one is replaced in
    // between, although the project is well.
    return retryWhenRemoved(MAX_STATUS_CALLS, async () => {
      const command = ["ps", "--all", "--no-trunc", "--format", "json"];
      const [{ stdout }, { parsePs }] = await this.#docker.read(
        "Reading the status",
        this.composeArguments(command),
        () => import("../docker/compose-ps.ts"),
      );
      return deployStatus(await this.#withEnds(parsePs(stdout)), wanted);
    });
  }

  /** Adds whether the work of containers that ended well is done, which compose does not list. */
  async #withEnds(listed: readonly PsContainer[]): Promise<readonly PsContainer[]> {
    const ended = listed.filter(({ state, exitCode }) => state === "exited" && exitCode === 0);
    const oneShots = impliedServices(listed).filter(({ oneShot }) => oneShot);
    const isKnown = (service: string) => oneShots.some(({ name }) => name === service);
    const doubtful = ended.filter(({ service }) => !isKnown(service)).map(({ id }) => id);
    const inspected = await this.inspect(doubtful);
    const ends = new Map(inspected.map(({ id, mayEnd = false }) => [id, mayEnd]));
    return listed.map((container) => {
      const mayEnd = ends.get(container.id);
      return mayEnd === undefined ? container : { ...container, mayEnd };
    });
  }

  /**
   * Inspects the containers of the project's services, running or not. Leaves out those of
   * `docker compose run`.
   *
   * @internal
   */
  async containers(): Promise<InspectedContainer[]> {
    const { composeContainers } = await import("../docker/engine-api.ts");
    const made = await this.#inspected((call) => composeContainers(call, this.name));
    return made.filter(isOfService);
  }

  /**
   * Inspects the given containers. Leaves out those that no longer exist.
   *
   * @internal
   */
  async inspect(ids: readonly string[]): Promise<InspectedContainer[]> {
    if (ids.length === 0) {
      return [];
    }
    const { inspectContainers } = await import("../docker/engine-api.ts");
    return await this.#inspected((call) => inspectContainers(call, ids));
  }

  async #inspected(
    ask: (call: EngineCall) => Promise<readonly EngineContainer[]>,
  ): Promise<InspectedContainer[]> {
    const [inspected, { inspectedDetails }] = await allSettledOrThrow([
      ask(this.callFor("Inspecting containers")),
      import("../compose/one-shots.ts"),
    ]);
    const containers = inspectedDetails(inspected);
    const hide = this.#secrets.hide(containers.flatMap(({ secrets }) => secrets));
    return containers.map(({ secrets, healthOutput, ...container }) => ({
      ...container,
      healthOutput: healthOutput && hide(cleanText(healthOutput)),
    }));
  }

  /**
   * `docker compose logs`: the last lines of one service or of all, as text without control
   * characters and without the secrets of the project's containers. Only the last 1 MiB is
   * returned.
   *
   * @param service one service or several. Defaults to all
   * @param tail number of lines of each container, 0 or more
   * @param since leaves out older lines: a time such as `2026-01-31T12:00:00Z`, or an age, `10m`
   * @throws DeployError of kind `ServiceNotFound`
   */
  async logs(service?: string | readonly string[], tail = 100, since?: string): Promise<string> {
    const services = service === undefined ? [] : [service].flat();
    const command = logArguments({ services, tail, since });
    const purpose = "Reading the logs";
    const call = { ...this.callFor(purpose), timeoutMs: READ_TIMEOUT_MS };
    const [{ stdout, truncated }, hide] = await this.#docker.read(
      purpose,
      this.composeArguments(command),
      () => this.#secrets.ofContainers(call),
      MAX_LOG_BYTES,
    );
    const logs = redactLogs(cleanText(truncated ? withoutCutLine(stdout) : stdout), hide);
    if (logs === "") {
      await this.requireServices(services);
    }
    return logs;
  }

  /**
   * `docker compose restart` of the named services, or of all. Services that depend on the named ones
   * run on.
   *
   * @throws DeployError of kind `ServiceNotFound`
   */
  async restart(services: readonly string[] = []): Promise<void> {
    const alone = services.length === 0 ? [] : ["--no-deps"];
    await this.#changeServices("restart", "Restarting the services", services, alone);
  }

  /**
   * `docker compose stop` of the named services, or of all. Their containers stay, and
   * {@link startServices} or the next start of the deployment starts them again.
   *
   * @throws DeployError of kind `ServiceNotFound`
   */
  async stopServices(services: readonly string[] = []): Promise<void> {
    await this.#changeServices("stop", "Stopping services", services);
  }

  /**
   * `docker compose start`: starts the stopped containers of the named services, or of all, and of
   * the services that those wait for. Makes no container. Returns when compose does, which is
   * before the services are healthy.
   *
   * @throws DeployError of kind `ServiceNotFound`
   */
  async startServices(services: readonly string[] = []): Promise<void> {
    await this.#changeServices("start", "Starting the services", services);
  }

  /** Has compose change services. Names the service that was meant for one that does not exist. */
  async #changeServices(
    verb: string,
    purpose: string,
    services: readonly string[],
    options: readonly string[] = [],
  ): Promise<void> {
    const command = [verb, ...options, ...serviceArguments(services)];
    await this.exclusively(verb, () =>
      onDeployError(
        () => this.#docker.change(purpose, command),
        async (failure) => {
          if (failure.kind === "ServiceNotFound") {
            await this.requireServices(services);
          }
          throw failure;
        },
      ),
    );
  }

  /**
   * `docker compose down`: **removes** containers and networks, also those of services that the
   * compose file no longer names. {@link stopServices} keeps them. Volumes stay unless `removeVolumesOf` names the project. Harmless when
   * there is nothing to remove.
   *
   * @throws DeployError of kind `InvalidConfig`, before anything is stopped, when `removeVolumesOf`
   *   names another project
   */
  async stop({ removeVolumesOf }: StopOptions = {}): Promise<void> {
    const issues = volumeRemovalIssues("removeVolumesOf", this.name, removeVolumesOf);
    if (issues.length > 0) {
      throw invalidConfig(issues);
    }
    const volumes = removeVolumesOf === undefined ? [] : ["--volumes"];
    const command = ["down", "--remove-orphans", ...volumes];
    await this.exclusively("down", () => this.#docker.change("Stopping the deployment", command));
  }

  /**
   * Runs `work` while no other operation changes the project: none of this class, of a
   * `LagoDeployment` or of the command line, by any user of this machine. Operations inside `work`
   * are parts of it.
   *
   * @param operation one word for those who wait, such as `up`
   * @param signal ends the wait. Defaults to the signal of all calls.
   * @throws DeployError of kind `Locked` when another operation does not end in time
   */
  async exclusively<T>(
    operation: string,
    work: () => Promise<T>,
    signal: AbortSignal | undefined = this.#calls.signal,
  ): Promise<T> {
    const { lockTimeoutSeconds: timeoutSeconds, onProgress } = this.#calls;
    const { name: project, engine } = this;
    const options = { project, engine, operation, timeoutSeconds, signal, onProgress };
    const { withProjectLock } = await import("../lock/project-lock.ts");
    return await withProjectLock(options, work);
  }

  /**
   * Requires that services exist. For a service that does not exist, compose prints no logs and
   * succeeds.
   *
   * @throws DeployError of kind `ServiceNotFound`
   * @internal
   */
  async requireServices(services: readonly string[]): Promise<void> {
    const names = services.length === 0 ? [] : (await this.status()).services.map(([name]) => name);
    const service = services.find((one) => !names.includes(one));
    if (service !== undefined) {
      throw await serviceNotFound(this.name, service, names);
    }
  }

  /**
   * Arguments of docker for a command of compose on this project.
   *
   * @internal
   */
  composeArguments(command: readonly string[]): string[] {
    return this.#docker.composeArguments(command);
  }

  /**
   * Options of a docker call about this project, for calls beside those of this class.
   *
   * @param purpose purpose of the call, such as "Reading the status"
   * @internal
   */
  callFor(purpose: string) {
    return this.#docker.callFor(purpose);
  }
}

/** Marks a text as the end of a longer one, and drops its first line, which is incomplete. */
function withoutCutLine(text: string): string {
  const rest = text.slice(text.indexOf("\n") + 1);
  return `[lines before these are left out]\n${rest === "" ? text : rest}`;
}
