import { proxyFaults } from "../compose/behind-proxy.ts";
import { ComposeFiles } from "../compose/compose-files.ts";
import { ComposeReads } from "../compose/compose-reads.ts";
import type { HostFile } from "../compose/host-files.ts";
import { literalSecrets } from "../compose/literal-secrets.ts";
import type { ComposeModel } from "../compose/model.ts";
import { generateOverride } from "../compose/override.ts";
import type { ResolvedProject } from "../compose/resolved.ts";
import { WORDS_BYTES } from "../docker/docker.ts";
import { type DockerEndpoint, engineOf } from "../docker/endpoint-settings.ts";
import { type ConfigIssue, invalidConfig } from "../errors.ts";
import type { LagoConfig } from "../lago/config/lago-config.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { effectivePorts, type PublishedPorts } from "../ports/claims.ts";
import { allSettledOrThrow, memoized } from "../process/async.ts";
import { type Redactor, redactorFor } from "../redaction/redact.ts";
import { PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import { allocatePorts } from "./allocate-ports.ts";
import { chosenPorts, variablesToAdd } from "./chosen-changes.ts";
import { declaredModel } from "./declared-model.ts";
import { DeploymentVariables } from "./deployment-variables.ts";
import { forwardedVariableNames } from "./forwarded-variables.ts";
import { memoryLimitFaults, memoryLimitsOf } from "./memory-limits.ts";
import { type CallOptions, DEFAULT_TIMEOUT_MS, type LagoDeploymentOptions } from "./options.ts";
import { profileFaults } from "./profile-faults.ts";
import { roleFaults } from "./role-faults.ts";
import { startPeriodSeconds } from "./start-timeout.ts";

/** Compose files of a project. */
export interface FilesOfProject {
  readonly projectName: string;
  /** Absolute path of the folder that the files' relative paths start from. */
  readonly folder: string;
  /** Absolute paths, later ones on top. */
  readonly files: readonly string[];
}

/** The compose files of a deployment with its settings, and calls of compose with both. */
export class DeploymentFiles {
  /** The variables of the deployment. They hold secrets. */
  readonly variables: DeploymentVariables;
  /** Hides the values of the secrets among the variables. */
  readonly redact: Redactor;
  readonly #of: FilesOfProject;
  readonly #options: LagoDeploymentOptions;
  readonly #engine: DockerEndpoint;
  readonly #files: ComposeFiles;
  readonly #reads: ComposeReads;

  constructor(of: FilesOfProject, options: LagoDeploymentOptions, config: LagoConfig | undefined) {
    this.#of = of;
    this.#options = options;
    this.variables = new DeploymentVariables(options, config, this);
    this.#engine = engineOf(options);
    this.#reads = options.reads ?? new ComposeReads();
    this.redact = redactorFor(secretValues(this.variables.all));
    this.#files = new ComposeFiles({
      ...of,
      profiles: options.profiles ?? [],
      engine: this.#engine,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      redact: this.redact,
    });
  }

  /**
   * Where api and front are published. The first call decides the port for each `auto`; later calls
   * return the same.
   *
   * @throws DeployError of kind `PortTaken` when no port is free for `auto`
   */
  readonly ports: () => Promise<PublishedPorts> = memoized(() => this.#allocatePorts());

  /**
   * The content of the files, with variables not filled in.
   *
   * @throws DeployError of kind `ComposeFileInvalid`, `DockerNotAvailable` or `ComposeTooOld`
   */
  readonly model: () => Promise<ComposeModel> = memoized(() => this.#readModel());

  /**
   * The version of compose, such as `2.26.1`.
   *
   * @throws DeployError of kind `DockerNotAvailable` or `ComposeTooOld`
   */
  composeVersion(): Promise<string> {
    return this.#reads.shared(["version"], () => this.#files.requireCompose());
  }

  /**
   * The project that a start would make of the compose files, with all variables filled in. Holds
   * secrets.
   *
   * @throws DeployError of kind `InvalidConfig`, `ComposeFileInvalid`, `DockerNotAvailable` or
   *   `ComposeTooOld`
   */
  async resolve(): Promise<ResolvedProject> {
    await this.requireSettings();
    const environment = await this.variables.lasting();
    const override = await this.#override(environment);
    const { projectName, folder, files } = this.#of;
    const { profiles, signal } = this.#options;
    const values = [environment, override];
    const question = ["resolved", projectName, folder, files, profiles];
    const { services } = await this.model();
    const withEnvFile = services
      .filter(({ definition }) => definition.env_file != null)
      .map(({ name }) => name);
    return this.#reads.once([...question, ...values], () =>
      this.#files.resolve({ environment, override, signal }, withEnvFile),
    );
  }

  /**
   * Finds the files of the host that services mount. Leaves out paths with unknown values.
   *
   * @throws DeployError of the kinds that {@link model} throws
   * @internal
   */
  async hostFiles(): Promise<HostFile[]> {
    const { requiredVariables, services } = await this.model();
    const unknown = Object.fromEntries(requiredVariables.map(({ name }) => [name, "unknown"]));
    const environment = { ...unknown, ...this.variables.all };
    const found = await this.#files.hostFiles({ environment, signal: this.#options.signal });
    return found.filter(({ service }) => services.some(({ name }) => name === service));
  }

  /**
   * Finds faults of settings that name a service or a profile which the compose files do not have.
   *
   * @throws DeployError of the kinds that {@link model} throws
   * @internal
   */
  async serviceFaults(): Promise<ConfigIssue[]> {
    const { isolated, memoryLimits, profiles, behindProxy, ports } = this.#options;
    const model = await this.model();
    const names = profileFaults(model, profiles);
    // Files that run as they are get no limits, no network and no other settings.
    if (isolated === false) {
      return names;
    }
    const faults = [
      ...names,
      ...roleFaults(model, this.#options, this.variables.all),
      ...memoryLimitFaults(model, memoryLimits),
    ];
    return behindProxy === true ? [...faults, ...proxyFaults(model), ...portFaults(ports)] : faults;
  }

  /**
   * Requires the variables that the compose files cannot do without, of which compose itself names
   * only the first missing one. Also refuses settings of services that the files do not have.
   *
   * @throws DeployError of kind `InvalidConfig` that names all of them
   * @internal
   */
  async requireSettings(): Promise<void> {
    const environment = this.variables.all;
    const { requiredVariables } = await this.model();
    const missing = requiredVariables
      .filter(({ name }) => !environment[name])
      .map(({ name, message }) => ({ field: name, message }));
    const issues = [...missing, ...(await this.serviceFaults())];
    if (issues.length > 0) {
      throw invalidConfig(issues);
    }
  }

  /**
   * Calls compose with the files, all variables filled in.
   *
   * @param purpose what the call is for, as the subject of an error message
   * @throws DeployError of the kinds that {@link resolve} throws, or of the kind that docker's message
   *   tells
   */
  async call(purpose: string, command: readonly string[], call: CallOptions): Promise<void> {
    await this.#call(purpose, command, call, await this.variables.lasting());
  }

  /**
   * Runs a service once more, in a container that is removed afterwards, with all variables: those of
   * the first organization too.
   *
   * @param onLine receives each line of output, which may hold secrets
   * @throws DeployError of the kinds that {@link call} throws
   */
  async runOnce(
    purpose: string,
    service: string,
    call: CallOptions,
    onLine: (line: string) => void,
  ): Promise<void> {
    const command = ["run", "--rm", "--no-deps", "--no-TTY", "--interactive=false", service];
    await this.#call(purpose, command, call, await this.variables.filledIn(), onLine);
  }

  async #call(
    purpose: string,
    command: readonly string[],
    { timeoutMs, signal }: CallOptions,
    environment: Readonly<Record<string, string>>,
    onLine?: (line: string) => void,
  ): Promise<void> {
    await this.requireSettings();
    const override = await this.#override(environment);
    const redactMore = async () => redactorFor(literalSecrets(await this.model()));
    const bounds = { timeoutMs, signal, captureBytes: WORDS_BYTES };
    const settings = { environment, override, ...bounds, redactMore, onLine };
    await this.#files.call({ purpose, command, ...settings });
  }

  async #readModel(): Promise<ComposeModel> {
    const { projectName, folder, files } = this.#of;
    const question = ["model", projectName, folder, files, this.#options.profiles];
    // An old compose is the fault to report, whatever its error about the files.
    const [, model] = await allSettledOrThrow([
      this.composeVersion(),
      this.#reads.shared(question, () => this.#files.readModel()),
    ]);
    return declaredModel(model, this.variables.given, this.#options);
  }

  async #allocatePorts(): Promise<PublishedPorts> {
    const { isolated, ports, signal } = this.#options;
    // Files that run as they are decide the ports themselves.
    const given = isolated === false ? {} : ports;
    const wanted = effectivePorts(await this.model(), given, this.variables.all);
    return {
      ...(await allocatePorts(this.#of.projectName, wanted, this.#engine, signal)),
      address: wanted.address,
    };
  }

  async #override(environment: Readonly<Record<string, string>>): Promise<string | undefined> {
    if (this.#options.isolated === false) {
      return undefined;
    }
    const { adopted = false, ports: wanted = {} } = this.#options;
    const model = await this.model();
    const variables = forwardedVariableNames(environment, model);
    return generateOverride(model, {
      onlyChosen: adopted,
      ports: adopted ? chosenPorts(wanted, await this.ports()) : await this.ports(),
      variables: adopted ? variablesToAdd(model, variables, environment) : variables,
      unchosen: this.variables.unchosen,
      environment,
      version: this.#options.version,
      memoryLimits: memoryLimitsOf(model, this.#options.memoryLimits),
      literals: await this.variables.toggles(),
      restartToken: this.#options.restartToken,
      startPeriodSeconds: startPeriodSeconds(this.#options),
    });
  }
}

/** Finds host ports that are wanted for services which only a proxy reaches. */
function portFaults(ports: WantedPorts = {}): ConfigIssue[] {
  return PUBLISHED_SERVICES.filter((service) => ports[service] !== undefined).map((service) => ({
    field: `ports.${service}`,
    message: `with behindProxy ${service} has no port on the host; leave ports.${service} out, or behindProxy`,
  }));
}
