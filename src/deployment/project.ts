/**
 * A compose project by its name alone. Compose finds its containers by label: no compose file, no
 * setting and no folder is needed, so all of this works when those are gone.
 */

import { logArguments, serviceArguments } from "../compose/logs.ts";
import { type Engine, engineFaults, engineOf } from "../docker/endpoint-settings.ts";
import type { InspectedContainer } from "../docker/inspect.ts";
import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { invalidConfig } from "../errors.ts";
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

/** Most bytes of logs; of more, the last ones. */
const MAX_LOG_BYTES = 1024 * 1024;

/** Most looks at a project whose containers are being replaced. */
const MAX_LOOKS = 5;

/** What {@link ComposeProject.stop} may remove beside containers and networks. */
export interface StopOptions {
  /**
   * Name of the project whose volumes, and with them all data, are removed: it has to be the name of
   * the project that is stopped. Defaults to none: all data stays.
   */
  readonly removeVolumesOf?: string | undefined;
}

/**
 * Operations on a project that need its name only. What only some of them need is loaded by those,
 * while docker works: a look takes little longer than docker's own.
 */
export class ComposeProject {
  readonly name: string;
  /** The engine that it is on. */
  readonly engine: Engine;
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

  /** `docker compose ps --all`. */
  status(): Promise<DeployStatus> {
    // Compose lists the containers and then asks for each: one that is replaced in between makes it
    // give up, although the project is well.
    return lookUntilNoneGoes(MAX_LOOKS, async () => {
      const command = ["ps", "--all", "--no-trunc", "--format", "json"];
      const [{ stdout }, { parsePs }] = await this.#docker.read(
        "Reading the status",
        this.composeArguments(command),
        () => import("../docker/ps.ts"),
      );
      return deployStatus(parsePs(stdout));
    });
  }

  /**
   * What `docker inspect` tells of the given containers; one that is gone is left out.
   *
   * @internal
   */
  async inspect(ids: readonly string[]): Promise<InspectedContainer[]> {
    if (ids.length === 0) {
      return [];
    }
    const { inspectContainers } = await import("../docker/engine.ts");
    const [inspected, { parseInspect }] = await allSettledOrThrow([
      inspectContainers(this.callFor("Inspecting containers"), ids),
      import("../docker/inspect.ts"),
    ]);
    const containers = parseInspect(inspected);
    const hide = this.#secrets.hide(containers.flatMap(({ secrets }) => secrets));
    return containers.map(({ secrets, healthOutput, ...container }) => ({
      ...container,
      healthOutput: healthOutput && hide(cleanText(healthOutput)),
    }));
  }

  /**
   * `docker compose logs`: the last lines of one service or of all, as text without control
   * characters and without the secrets of the project's containers. Of more than 1 MiB the first
   * lines are left out.
   *
   * @param service one, several, or all where none is named
   * @param tail number of lines a container, 0 or more
   * @param since leaves out older lines: a time such as `2026-01-31T12:00:00Z`, or how long ago, `10m`
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

  /** `docker compose restart` of the named services, or of all. */
  async restart(services: readonly string[] = []): Promise<void> {
    const command = ["restart", ...serviceArguments(services)];
    await this.exclusively("restart", () =>
      this.#docker.change("Restarting the services", command),
    );
  }

  /**
   * `docker compose stop` of the named services: their containers stay, and can be started again.
   *
   * @internal
   */
  async stopServices(services: readonly string[]): Promise<void> {
    const command = ["stop", ...serviceArguments(services)];
    await this.exclusively("stop", () => this.#docker.change("Stopping services", command));
  }

  /**
   * `docker compose down`: removes containers and networks, also those of services that the compose
   * file no longer names. Volumes stay unless the project is named once more. Harmless when there is
   * nothing.
   *
   * @throws DeployError of kind `InvalidConfig`, before anything is stopped, when the volumes of
   *   another project are to be removed
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
   * Runs `work` while nobody else changes the project: no other operation of this class, of a
   * `LagoDeployment` or of the command line, by any user of this machine. Those in `work` count as
   * parts of it.
   *
   * @param operation one word for those who have to wait, such as `up`
   * @param signal ends the wait. Defaults to the one of all calls.
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
   * Looks whether there are such services. Compose prints the logs of a service that there is none of
   * as nothing, and calls it success.
   *
   * @throws DeployError of kind `ServiceNotFound`
   * @internal
   */
  async requireServices(services: readonly string[]): Promise<void> {
    const names = services.length === 0 ? [] : (await this.status()).services.map(([name]) => name);
    const service = services.find((one) => !names.includes(one));
    if (service !== undefined) {
      throw serviceNotFound(this.name, service, names);
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
   * How docker is called about this project, for calls beside those of this class.
   *
   * @param purpose what a call is for, such as "Reading the status"
   * @internal
   */
  callFor(purpose: string) {
    return this.#docker.callFor(purpose);
  }
}

/** Says that a text is the end of a longer one, and leaves out its first line, of which half is lost. */
function withoutCutLine(text: string): string {
  const rest = text.slice(text.indexOf("\n") + 1);
  return `[lines before these are left out]\n${rest === "" ? text : rest}`;
}
