import { findComposeFiles, requireFolder } from "../compose/find-files.ts";
import type { HostFile } from "../compose/host-files.ts";
import type { ComposeModel } from "../compose/model.ts";
import { defaultProjectName } from "../compose/project-name.ts";
import type { ResolvedProject } from "../compose/resolved.ts";
import type { ServiceDetails } from "../compose/service-details.ts";
import { engineOf } from "../docker/endpoint-settings.ts";
import { type ConfigIssue, onDeployError } from "../errors.ts";
import { verifiedBundledPath } from "../lago/bundled-file.ts";
import type { LagoConfig } from "../lago/config/lago-config.ts";
import type { KeyName } from "../lago/lago-keys.ts";
import type { PublishedPorts } from "../ports/claims.ts";
import { DeploymentFiles } from "./deployment-files.ts";
import { removeInterruptedReplacements } from "./interrupted-replacements.ts";
import { type CallOptions, DEFAULT_TIMEOUT_MS, type LagoDeploymentOptions } from "./options.ts";
import { parseOptions } from "./parse-options.ts";
import { ComposeProject, type StopOptions } from "./project.ts";
import { pullWithRetry } from "./pull.ts";
import type { DeployStatus } from "./status.ts";
import { wantedServices } from "./wanted-services.ts";

/** Project name of a deployment of the bundled compose file that is given no other. */
const BUNDLED_PROJECT_NAME = "lago";

/**
 * A Lago deployment: compose files, run as a compose project with the settings of a
 * {@link LagoConfig}. Deploys the bundled compose file unless a folder is given. Immutable. Nothing
 * is touched before an operation is called.
 */
export class LagoDeployment {
  /** Absolute path of the folder that holds the compose files. */
  readonly lagoPath: string;
  /** Compose files, absolute, later ones on top. */
  readonly composeFiles: readonly string[];
  /** Not enumerable, so that loggers and JSON leave it out: its `environment` holds secrets. */
  declare readonly options: LagoDeploymentOptions;
  readonly config: LagoConfig | undefined;
  /** Operations on the running project, which need no compose file. */
  readonly project: ComposeProject;
  readonly #files: DeploymentFiles;
  readonly #isBundled: boolean;

  /**
   * Deploys the compose file that comes with this package. The project's name is `lago` unless
   * `projectName` is given.
   *
   * @throws DeployError of kind `InvalidConfig` that names every invalid option, or of kind
   *   `ComposeFileInvalid` (the bundled file was changed), `ComposeFileNotFound` or
   *   `InvalidProjectName`
   */
  constructor(options?: LagoDeploymentOptions, config?: LagoConfig);
  /**
   * @param lagoPath a clone of github.com/getlago/lago, or any folder with a compose file for Lago.
   *   Defaults to the bundled compose file
   * @throws DeployError of kind `InvalidConfig` that names every invalid option, or of kind
   *   `PathNotFound`, `ComposeFileNotFound`, `ComposeFileInvalid` or `InvalidProjectName`
   */
  constructor(lagoPath: string | undefined, options?: LagoDeploymentOptions, config?: LagoConfig);
  constructor(
    first?: string | LagoDeploymentOptions,
    second?: LagoDeploymentOptions | LagoConfig,
    third?: LagoConfig,
  ) {
    const isWithoutFolder = typeof first === "object";
    const lagoPath = isWithoutFolder ? undefined : first;
    const [options = {}, config] = (isWithoutFolder ? [first, second] : [second, third]) as [
      LagoDeploymentOptions?,
      LagoConfig?,
    ];
    const judged = parseOptions(options);
    this.#isBundled = lagoPath === undefined;
    this.lagoPath = requireFolder(lagoPath ?? verifiedBundledPath());
    this.composeFiles = findComposeFiles(this.lagoPath, judged.composeFiles);
    Object.defineProperty(this, "options", { value: judged });
    this.config = config;
    const projectName =
      judged.projectName ??
      (this.#isBundled
        ? BUNDLED_PROJECT_NAME
        : defaultProjectName(this.lagoPath, judged.composeFiles));
    const { lagoPath: folder, composeFiles: files } = this;
    this.#files = new DeploymentFiles({ projectName, folder, files }, judged, config);
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal, lockTimeoutSeconds, onProgress } = judged;
    this.project = new ComposeProject(projectName, {
      ...engineOf(judged),
      timeoutMs,
      signal,
      redact: this.#files.redact,
      lockTimeoutSeconds,
      onProgress,
    });
  }

  /** Copies the deployment with other settings. */
  withConfig(config: LagoConfig): LagoDeployment {
    return new LagoDeployment(this.#isBundled ? undefined : this.lagoPath, this.options, config);
  }

  /** The values of the variables in the compose files. Holds secrets. */
  get environment(): Readonly<Record<string, string>> {
    return this.#files.variables.all;
  }

  /** Names of the variables that nobody set: our defaults, and those that follow from others. */
  get impliedVariables(): readonly string[] {
    return this.#files.variables.implied;
  }

  /**
   * Where api and front are published: as given, or else on 127.0.0.1 at Lago's own ports. The
   * first call that needs it decides the port for each `auto`; later calls return the same.
   *
   * @throws DeployError of kind `PortTaken` when no port is free for `auto`
   */
  readonly ports: () => Promise<PublishedPorts> = () => this.#files.ports();

  /**
   * The content of the compose files, with variables not filled in.
   *
   * @throws DeployError of kind `ComposeFileInvalid`, `DockerNotAvailable` or `ComposeTooOld`
   */
  readonly model: () => Promise<ComposeModel> = () => this.#files.model();

  /**
   * The version of compose, such as `2.26.1`.
   *
   * @throws DeployError of kind `DockerNotAvailable` or `ComposeTooOld`
   */
  composeVersion(): Promise<string> {
    return this.#files.composeVersion();
  }

  /**
   * The project that a start would make of the compose files, with all variables filled in. Holds
   * secrets.
   *
   * @throws DeployError of kind `InvalidConfig`, `ComposeFileInvalid`, `DockerNotAvailable` or
   *   `ComposeTooOld`
   */
  resolve(): Promise<ResolvedProject> {
    return this.#files.resolve();
  }

  /**
   * Finds the files of the host that services mount. Leaves out paths with unknown values.
   *
   * @throws DeployError of the kinds that {@link model} throws
   * @internal
   */
  hostFiles(): Promise<HostFile[]> {
    return this.#files.hostFiles();
  }

  /**
   * The switches that send jobs to workers of their own, for those that will run.
   *
   * @internal
   */
  toggles(): Promise<Readonly<Record<string, string>>> {
    return this.#files.variables.toggles();
  }

  /**
   * The variables that count for all services alike: those that were chosen, and the others where no
   * service gets a value of its own from the files. Holds secrets.
   *
   * @internal
   */
  judgedVariables(): Promise<Readonly<Record<string, string>>> {
    return this.#files.variables.judged();
  }

  /**
   * The services with the variables that the files give them. Holds secrets.
   *
   * @internal
   */
  services(): Promise<ServiceDetails[]> {
    return this.#files.variables.services();
  }

  /**
   * Keys that the files give the services by themselves, and that nobody chose otherwise. An empty text
   * stands for a key that only a file inside of the container holds. Holds secrets.
   *
   * @internal
   */
  keysInFiles(): Promise<Partial<Record<KeyName, string>>> {
    return this.#files.variables.keysInFiles();
  }

  /**
   * Addresses of Lago and its switch of sign-up that nobody chose, as the files give them or as they
   * follow from the ports.
   *
   * @param names variables in question. Defaults to those that nobody set
   * @internal
   */
  publicValues(names?: readonly string[]): Promise<Record<string, string>> {
    return this.#files.variables.publicValues(names);
  }

  /**
   * The variables with the keys as the services have them, whether by us or by the files. Holds secrets.
   *
   * @internal
   */
  keyVariables(): Promise<Readonly<Record<string, string>>> {
    return this.#files.variables.withKeys();
  }

  /**
   * Finds faults of settings that name a service which the compose files do not have, such as a
   * memory limit.
   *
   * @throws DeployError of the kinds that {@link model} throws
   * @internal
   */
  serviceFaults(): Promise<ConfigIssue[]> {
    return this.#files.serviceFaults();
  }

  /**
   * Requires the variables that the compose files cannot do without, of which compose itself names
   * only the first missing one. Also refuses settings of services that the files do not have.
   *
   * @throws DeployError of kind `InvalidConfig` that names all of them
   * @internal
   */
  requireSettings(): Promise<void> {
    return this.#files.requireSettings();
  }

  /**
   * `docker compose up --detach`. Returns when compose does, which is before the services are
   * healthy: {@link deploy} waits for that, and opens the first organization.
   */
  start(call: CallOptions = {}): Promise<void> {
    return this.#make(["up", "--detach"], call.removeOrphans ? ["--remove-orphans"] : [], call);
  }

  /**
   * `docker compose up --detach` of services and of those that they need.
   *
   * @internal
   */
  startServices(services: readonly string[], call: CallOptions = {}): Promise<void> {
    return this.#make(["up", "--detach"], services, call);
  }

  /**
   * `docker compose create` of a service. Starts nothing, and so runs no one-shot again.
   *
   * @param isBeside creates a second container beside the present one, which is left alone. Otherwise
   *   a container that is not as declared is stopped and replaced.
   * @internal
   */
  createContainer(service: string, isBeside: boolean, call: CallOptions = {}): Promise<void> {
    const options = isBeside ? ["--no-recreate", "--scale", `${service}=2`] : [];
    return this.#make(["create"], [...options, service], call);
  }

  async #make(
    command: readonly string[],
    more: readonly string[],
    call: CallOptions,
  ): Promise<void> {
    const policy = call.pullPolicy ?? this.options.pullPolicy ?? "missing";
    const purpose = `Starting the services of project ${this.project.name}`;
    // Faults that do not depend on other operations are reported without waiting for one.
    await this.requireSettings();
    await this.project.exclusively(
      "start",
      async () => {
        await this.#removeInterruptedReplacements(call.signal ?? this.options.signal);
        await this.#files.call(purpose, [...command, "--pull", policy, ...more], call);
      },
      call.signal,
    );
  }

  /**
   * Removes containers and networks of the project, with `docker compose down`. To stop services and
   * keep their containers, call `project.stopServices()`. Volumes, and so all data, stay unless
   * `removeVolumesOf` names the project.
   *
   * @throws DeployError of kind `InvalidConfig` when the volumes of another project are to be removed
   */
  stop(options: StopOptions = {}): Promise<void> {
    return this.project.stop(options);
  }

  /**
   * `docker compose restart` of the named services, or of all. Services that depend on the named ones
   * run on.
   */
  restart(services: readonly string[] = []): Promise<void> {
    return this.project.restart(services);
  }

  /**
   * `docker compose pull`: all images, or only missing ones where the pull policy says so. A pull
   * that fails because of the network or the registry's rate limit is tried up to three times
   * within its deadline.
   */
  async pull(call: CallOptions = {}): Promise<void> {
    const policy = call.pullPolicy ?? this.options.pullPolicy ?? "always";
    if (policy === "never") {
      return;
    }
    await pullWithRetry({
      project: this.project.name,
      timeoutMs: call.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: call.signal ?? this.options.signal,
      onProgress: this.options.onProgress,
      pull: (purpose, timeoutMs) =>
        this.#files.call(purpose, ["pull", "--quiet", "--policy", policy], { ...call, timeoutMs }),
    });
  }

  /**
   * Runs a service once more, in a container that is removed afterwards, with the variables of the
   * first organization too.
   *
   * @param onLine receives each line of output, which may hold secrets
   * @throws DeployError of the kind that docker's message tells
   * @internal
   */
  runOnce(
    purpose: string,
    service: string,
    call: CallOptions,
    onLine: (line: string) => void,
  ): Promise<void> {
    return this.#files.runOnce(purpose, service, call, onLine);
  }

  /**
   * Hides the values of the secrets among the variables.
   *
   * @internal
   */
  redact(text: string): string {
    return this.#files.redact(text);
  }

  /**
   * `docker compose ps`: the state of the project's containers, and the services that have none. If
   * the compose files cannot be read, the containers alone tell which services there should be.
   */
  async status(): Promise<DeployStatus> {
    const wanted = await onDeployError(
      async () => wantedServices(await this.model()),
      () => undefined,
    );
    return await this.project.status(wanted);
  }

  /** `docker compose logs`: the last `tail` lines of one service, or of all. */
  logs(service?: string, tail = 100): Promise<string> {
    return this.project.logs(service, tail);
  }

  async #removeInterruptedReplacements(signal: AbortSignal | undefined): Promise<void> {
    const { name, engine } = this.project;
    const removed = await removeInterruptedReplacements(name, engine, signal);
    if (removed.length > 0) {
      const message = `project ${name}: removed what an earlier run left half made: ${removed.join(", ")}`;
      this.options.onProgress?.({ message });
    }
  }
}
