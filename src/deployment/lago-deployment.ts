import { basename } from "node:path";
import { ourDefaults } from "../catalogue/index.ts";
import { ComposeFiles } from "../compose/compose-files.ts";
import { WORDS_BYTES } from "../compose/docker.ts";
import { findComposeFiles, requireFolder } from "../compose/files.ts";
import type { HostFile } from "../compose/host-files.ts";
import { literalSecrets } from "../compose/literal-secrets.ts";
import type { ComposeModel } from "../compose/model.ts";
import { generateOverride } from "../compose/override.ts";
import { ComposeReads } from "../compose/reads.ts";
import { canHavePassword } from "../compose/redis-password.ts";
import type { ResolvedProject } from "../compose/resolved.ts";
import { withoutServices } from "../compose/superfluous.ts";
import { usesOwnDatabase, usesOwnRedis, withDerived } from "../config/derived.ts";
import { withDomainUrls } from "../config/domain.ts";
import type { LagoConfig } from "../config/lago-config.ts";
import { projectNameOfFolder } from "../config/project-name.ts";
import { engineOf } from "../engine/settings.ts";
import { invalidConfig } from "../errors.ts";
import { allocatePorts } from "../ports/allocate.ts";
import { effectivePorts, type PublishedPorts } from "../ports/claims.ts";
import { withLocalUrls } from "../ports/local-urls.ts";
import { together } from "../process/together.ts";
import { redactorFor } from "../text/redact.ts";
import { secretValues } from "../text/secret-values.ts";
import { withWorkers, workerToggles } from "../workers/services.ts";
import { removeHalfMade } from "./half-made.ts";
import { namesOf } from "./handed-on.ts";
import { memoised } from "./memoised.ts";
import { type CallOptions, DEFAULT_TIMEOUT_MS, type LagoDeploymentOptions } from "./options.ts";
import { ComposeProject, type StopOptions } from "./project.ts";
import { pullWithRetry } from "./pull.ts";
import { startPeriodSeconds } from "./start-period.ts";
import type { DeployStatus } from "./status.ts";

/**
 * One Lago deployment: the compose files of a folder, run as a compose project with the settings of
 * a {@link LagoConfig}. Immutable; nothing is touched before an operation is called.
 */
export class LagoDeployment {
  /** Absolute path of the folder that holds the compose files. */
  readonly lagoPath: string;
  /** Compose files, absolute, later ones on top. */
  readonly composeFiles: readonly string[];
  /** Not among what loggers and JSON show of this: its `environment` holds secrets. */
  declare readonly options: LagoDeploymentOptions;
  readonly config: LagoConfig | undefined;
  /** Operations on the running project, which need no compose file. */
  readonly project: ComposeProject;
  readonly #files: ComposeFiles;
  readonly #reads: ComposeReads;

  /**
   * @param lagoPath a clone of github.com/getlago/lago, or any folder with a compose file for Lago
   * @throws DeployError of kind `PathNotFound`, `ComposeFileNotFound` or `InvalidProjectName`, or
   *   `InvalidConfig` for the engine's settings
   */
  constructor(lagoPath: string, options: LagoDeploymentOptions = {}, config?: LagoConfig) {
    this.lagoPath = requireFolder(lagoPath);
    this.composeFiles = findComposeFiles(this.lagoPath, options.composeFiles);
    Object.defineProperty(this, "options", { value: options });
    this.#reads = options.reads ?? new ComposeReads();
    this.config = config;
    const engine = engineOf(options);
    const calls = {
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      redact: redactorFor(secretValues(this.environment)),
    };
    const { lockTimeoutSeconds, onProgress } = options;
    const projectName = options.projectName ?? projectNameOfFolder(basename(this.lagoPath));
    this.project = new ComposeProject(projectName, {
      ...engine,
      ...calls,
      lockTimeoutSeconds,
      onProgress,
    });
    this.#files = new ComposeFiles({
      projectName,
      folder: this.lagoPath,
      files: this.composeFiles,
      profiles: options.profiles ?? [],
      engine,
      ...calls,
    });
  }

  /** The same deployment with these settings. */
  withConfig(config: LagoConfig): LagoDeployment {
    return new LagoDeployment(this.lagoPath, this.options, config);
  }

  /** The variables that the compose files are filled in with. Holds secrets. */
  get environment(): Readonly<Record<string, string>> {
    return this.options.isolated === false ? this.#given : withImplied(this.#given);
  }

  /** Names of those variables that nobody set: our defaults, and what follows from others. */
  get impliedVariables(): readonly string[] {
    const given = this.#given;
    return Object.keys(this.environment).filter((name) => !Object.hasOwn(given, name));
  }

  get #given(): Record<string, string> {
    return {
      ...Object.fromEntries(this.config?.toEnvVars() ?? []),
      ...this.options.environment,
    };
  }

  /**
   * Where api and front are published: as given, or else on 127.0.0.1 at Lago's own ports. What
   * `auto` comes to is decided by the first call that needs it, and stays.
   *
   * @throws DeployError of kind `PortTaken` when no port is free for `auto`
   */
  readonly ports: () => Promise<PublishedPorts> = memoised(() => this.#allocatePorts());

  /**
   * What the compose files say, with variables not filled in.
   *
   * @throws DeployError of kind `ComposeFileInvalid`, `DockerNotAvailable` or `ComposeTooOld`
   */
  readonly model: () => Promise<ComposeModel> = memoised(() => this.#readModel());

  /**
   * The version of compose, such as `2.26.1`.
   *
   * @throws DeployError of kind `DockerNotAvailable` or `ComposeTooOld`
   */
  composeVersion(): Promise<string> {
    return this.#reads.once(["version"], () => this.#files.requireCompose());
  }

  /**
   * What a start would make of the compose files, with all variables filled in. Holds secrets.
   *
   * @throws DeployError of kind `InvalidConfig`, `ComposeFileInvalid`, `DockerNotAvailable` or
   *   `ComposeTooOld`
   */
  async resolve(): Promise<ResolvedProject> {
    await this.requireVariables();
    const environment = await this.#filledIn();
    const override = await this.#override(environment);
    const { lagoPath, composeFiles, options } = this;
    const values = [environment, override];
    const question = ["resolved", this.project.name, lagoPath, composeFiles, options.profiles];
    return this.#reads.once([...question, ...values], () =>
      this.#files.resolve({ environment, override, signal: options.signal }),
    );
  }

  /**
   * What services are given of a host's files. Values that are not known yet are of no account.
   *
   * @throws DeployError of the kinds that {@link model} throws
   * @internal
   */
  async hostFiles(): Promise<HostFile[]> {
    const { requiredVariables, services } = await this.model();
    const unknown = Object.fromEntries(requiredVariables.map(({ name }) => [name, "unknown"]));
    const environment = { ...unknown, ...this.environment };
    const found = await this.#files.hostFiles({ environment, signal: this.options.signal });
    return found.filter(({ service }) => services.some(({ name }) => name === service));
  }

  /**
   * The switches that send jobs to workers of their own, for those that will run.
   *
   * @internal
   */
  async toggles(): Promise<Readonly<Record<string, string>>> {
    const given = Object.keys(this.environment);
    return workerToggles(this.options.workers, await this.model(), given);
  }

  /**
   * Looks for the variables that the compose files cannot do without. Compose itself names only the
   * first one that is missing.
   *
   * @throws DeployError of kind `InvalidConfig` that names all of them
   * @internal
   */
  async requireVariables(): Promise<void> {
    const { environment } = this;
    const { requiredVariables } = await this.model();
    const missing = requiredVariables.filter(({ name }) => !environment[name]);
    if (missing.length > 0) {
      throw invalidConfig(missing.map(({ name, message }) => ({ field: name, message })));
    }
  }

  /**
   * `docker compose up --detach`. Returns when compose does, which is before the services are
   * healthy: {@link deploy} waits for that.
   */
  async start(call: CallOptions = {}): Promise<void> {
    const policy = call.pullPolicy ?? this.options.pullPolicy ?? "missing";
    const purpose = `Starting the services of project ${this.project.name}`;
    const orphans = call.removeOrphans ? ["--remove-orphans"] : [];
    const command = ["up", "--detach", "--pull", policy, ...orphans];
    // What is wrong whoever else is at work need not wait to be told.
    await this.requireVariables();
    await this.project.exclusively(
      "start",
      async () => {
        await this.#removeHalfMade(call.signal ?? this.options.signal);
        await this.#withFiles(purpose, command, call);
      },
      call.signal,
    );
  }

  /**
   * `docker compose down`. Volumes stay unless the project is named once more.
   *
   * @throws DeployError of kind `InvalidConfig` when the volumes of another project are to be removed
   */
  stop(options: StopOptions = {}): Promise<void> {
    return this.project.stop(options);
  }

  /** `docker compose restart` of the named services, or of all. */
  restart(services: readonly string[] = []): Promise<void> {
    return this.project.restart(services);
  }

  /**
   * `docker compose pull`: all images, or only missing ones where the pull policy says so. Where the
   * network or the registry's rate limit fails it, it is tried up to three times within its deadline.
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
        this.#withFiles(purpose, ["pull", "--quiet", "--policy", policy], { ...call, timeoutMs }),
    });
  }

  /** `docker compose ps`: what the project's containers do. */
  status(): Promise<DeployStatus> {
    return this.project.status();
  }

  /** `docker compose logs`: the last `tail` lines of one service, or of all. */
  logs(service?: string, tail = 100): Promise<string> {
    return this.project.logs(service, tail);
  }

  async #removeHalfMade(signal: AbortSignal | undefined): Promise<void> {
    const { name, engine } = this.project;
    const removed = await removeHalfMade(name, engine, signal);
    if (removed.length > 0) {
      const message = `project ${name}: removed what an earlier run left half made: ${removed.join(", ")}`;
      this.options.onProgress?.({ message });
    }
  }

  async #readModel(): Promise<ComposeModel> {
    const { lagoPath, composeFiles } = this;
    const question = ["model", this.project.name, lagoPath, composeFiles, this.options.profiles];
    // A compose that is too old is the fault to be told, whatever it makes of the files.
    const [, model] = await together([
      this.composeVersion(),
      this.#reads.once(question, () => this.#files.readModel()),
    ]);
    if (this.options.isolated === false) {
      return model;
    }
    const superfluous = [
      ...(usesOwnDatabase(this.environment) ? ["db"] : []),
      ...(usesOwnRedis(this.environment) ? ["redis"] : []),
    ];
    return withWorkers(withoutServices(model, superfluous), this.options.workers);
  }

  async #allocatePorts(): Promise<PublishedPorts> {
    const { isolated, ports, signal } = this.options;
    // Files that run as they are publish where they say.
    const given = isolated === false ? {} : ports;
    const wanted = effectivePorts(await this.model(), given, this.environment);
    return {
      ...(await allocatePorts(this.project.name, wanted, this.project.engine, signal)),
      address: wanted.address,
    };
  }

  async #withFiles(purpose: string, command: readonly string[], call: CallOptions): Promise<void> {
    await this.requireVariables();
    const { timeoutMs, signal } = call;
    const environment = await this.#filledIn();
    const override = await this.#override(environment);
    const redactMore = async () => redactorFor(literalSecrets(await this.model()));
    const bounds = { timeoutMs, signal, captureBytes: WORDS_BYTES };
    const settings = { environment, override, ...bounds, redactMore };
    await this.#files.call({ purpose, command, ...settings });
  }

  /** The environment as compose gets it. */
  async #filledIn(): Promise<Readonly<Record<string, string>>> {
    const { isolated, ports = {}, redisPasswordIsMade } = this.options;
    if (isolated === false) {
      return this.environment;
    }
    const unwanted = redisPasswordIsMade === true && !canHavePassword(await this.model());
    const environment = unwanted
      ? withImplied({ ...this.#given, REDIS_PASSWORD: "" })
      : this.environment;
    return withLocalUrls(environment, ports, await this.ports());
  }

  async #override(environment: Readonly<Record<string, string>>): Promise<string | undefined> {
    if (this.options.isolated === false) {
      return undefined;
    }
    const model = await this.model();
    return generateOverride(model, {
      ports: await this.ports(),
      variables: namesOf(environment, model),
      version: this.options.version,
      memoryLimits: this.options.memoryLimits,
      literals: await this.toggles(),
      restartToken: this.options.restartToken,
      startPeriodSeconds: startPeriodSeconds(this.options.startTimeoutSeconds),
    });
  }
}

/** The given variables, with our defaults and what follows from all of them. */
function withImplied(given: Readonly<Record<string, string>>): Record<string, string> {
  return withDerived(withDomainUrls({ ...ourDefaults(), ...given }));
}
