/**
 * A compose project by its name alone. Compose finds its containers by label: no compose file, no
 * setting and no folder is needed, so all of this works when those are gone.
 */
import { callDocker, WORDS_BYTES } from "../compose/docker.ts";
import { type InspectedContainer, parseInspect } from "../compose/inspect.ts";
import { logArguments, redactLogs, serviceArguments } from "../compose/logs.ts";
import { parsePs } from "../compose/ps.ts";
import { isContainerGone, lookUntilNoneGoes } from "../compose/vanished.ts";
import { requireProjectName } from "../config/project-name.ts";
import { volumeRemovalIssues } from "../config/volume-removal.ts";
import { type Engine, type EngineSettings, engineFaults, engineOf } from "../engine/settings.ts";
import { invalidConfig } from "../errors.ts";
import { withProjectLock } from "../lock/project-lock.ts";
import { together } from "../process/together.ts";
import { cleanText } from "../text/clean.ts";
import { type Redactor, redactUrls } from "../text/redact.ts";
import { DEFAULT_TIMEOUT_MS, type ProgressListener } from "./options.ts";
import { ProjectSecrets } from "./project-secrets.ts";
import { serviceNotFound } from "./service-not-found.ts";
import { type DeployStatus, deployStatus } from "./status.ts";

/** A folder without a compose file, in it or above it, that compose could take for the project's. */
const NEUTRAL_FOLDER = "/";

/** Reading calls answer in well under a second; an engine that does not is out of reach. */
const READ_TIMEOUT_MS = 30_000;

/** Most bytes of logs; of more, the last ones. */
const MAX_LOG_BYTES = 1024 * 1024;

/** Most looks at a project whose containers are being replaced. */
const MAX_LOOKS = 5;

/** How calls about a project behave. */
export interface ProjectCalls extends EngineSettings {
  /** Deadline of a call that changes something, in milliseconds. Defaults to ten minutes. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * How long a call that changes something waits while another operation changes the project, in
   * seconds, 0 or more. Defaults to 60.
   */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Called with what there is to tell of a wait. */
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Hides secrets in errors and logs, beside those that the containers themselves have in their
   * environment. Defaults to hiding no further ones.
   *
   * @internal
   */
  readonly redact?: Redactor | undefined;
}

/** What {@link ComposeProject.stop} may remove beside containers and networks. */
export interface StopOptions {
  /**
   * Name of the project whose volumes, and with them all data, are removed: it has to be the name of
   * the project that is stopped. Defaults to none: all data stays.
   */
  readonly removeVolumesOf?: string | undefined;
}

/** Operations on a project that need its name only. */
export class ComposeProject {
  readonly name: string;
  /** The engine that it is on. */
  readonly engine: Engine;
  readonly #calls: ProjectCalls;
  readonly #secrets: ProjectSecrets;

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
  }

  /** `docker compose ps --all`. */
  status(): Promise<DeployStatus> {
    // Compose lists the containers and then asks for each: one that is replaced in between makes it
    // give up, although the project is well.
    return lookUntilNoneGoes(MAX_LOOKS, async () => {
      const { stdout } = await this.#compose("Reading the status", READ_TIMEOUT_MS, [
        "ps",
        "--all",
        "--no-trunc",
        "--format",
        "json",
      ]);
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
    try {
      const { stdout } = await this.#call("Inspecting containers", READ_TIMEOUT_MS, [
        "container",
        "inspect",
        ...ids,
      ]);
      const containers = parseInspect(stdout);
      const hide = this.#secrets.hide(containers.flatMap(({ secrets }) => secrets));
      return containers.map(({ secrets, healthOutput, ...container }) => ({
        ...container,
        healthOutput: healthOutput && hide(cleanText(healthOutput)),
      }));
    } catch (error) {
      // A container that compose replaces vanishes between two looks; the next look has the rest.
      if (isContainerGone(error)) {
        return [];
      }
      throw error;
    }
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
    const [hide, { stdout, truncated }] = await together([
      this.#secrets.ofContainers({ ...this.callFor(purpose), timeoutMs: READ_TIMEOUT_MS }),
      this.#compose(purpose, READ_TIMEOUT_MS, command, MAX_LOG_BYTES),
    ]);
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
      this.#compose("Restarting the services", this.#timeoutMs, command, WORDS_BYTES),
    );
  }

  /**
   * `docker compose stop` of the named services: their containers stay, and can be started again.
   *
   * @internal
   */
  async stopServices(services: readonly string[]): Promise<void> {
    const command = ["stop", ...serviceArguments(services)];
    await this.exclusively("stop", () =>
      this.#compose("Stopping services", this.#timeoutMs, command, WORDS_BYTES),
    );
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
    await this.exclusively("down", () =>
      this.#compose("Stopping the deployment", this.#timeoutMs, command, WORDS_BYTES),
    );
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
  exclusively<T>(
    operation: string,
    work: () => Promise<T>,
    signal: AbortSignal | undefined = this.#calls.signal,
  ): Promise<T> {
    const { lockTimeoutSeconds: timeoutSeconds, onProgress } = this.#calls;
    const { name: project, engine } = this;
    const options = { project, engine, operation, timeoutSeconds, signal, onProgress };
    return withProjectLock(options, work);
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

  get #timeoutMs(): number {
    return this.#calls.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  #compose(purpose: string, timeoutMs: number, args: readonly string[], captureBytes?: number) {
    return this.#call(purpose, timeoutMs, this.composeArguments(args), captureBytes);
  }

  #call(purpose: string, timeoutMs: number, args: readonly string[], captureBytes?: number) {
    const call = { ...this.callFor(purpose), timeoutMs };
    const redactMore = () => this.#secrets.afterFailure(call);
    return callDocker({ ...call, args, captureBytes, redactMore });
  }

  /**
   * Arguments of docker for a command of compose on this project.
   *
   * @internal
   */
  composeArguments(command: readonly string[]): string[] {
    return ["compose", "--ansi", "never", "--project-name", this.name, ...command];
  }

  /**
   * How docker is called about this project, for calls beside those of this class.
   *
   * @param purpose what a call is for, such as "Reading the status"
   * @internal
   */
  callFor(purpose: string) {
    return {
      engine: this.engine,
      purpose: `${purpose} of project ${this.name}`,
      cwd: NEUTRAL_FOLDER,
      signal: this.#calls.signal,
      redact: this.#calls.redact ?? redactUrls,
    };
  }
}

/** Says that a text is the end of a longer one, and leaves out its first line, of which half is lost. */
function withoutCutLine(text: string): string {
  const rest = text.slice(text.indexOf("\n") + 1);
  return `[lines before these are left out]\n${rest === "" ? text : rest}`;
}
