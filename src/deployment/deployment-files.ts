import { proxyFaults, withProxyNetwork } from "../compose/behind-proxy.ts";
import { ComposeFiles } from "../compose/compose-files.ts";
import { ComposeReads } from "../compose/compose-reads.ts";
import { disableServices } from "../compose/disabled-services.ts";
import type { HostFile } from "../compose/host-files.ts";
import { keysInFiles } from "../compose/keys-in-files.ts";
import { isNeededByOthers } from "../compose/lago-own.ts";
import { literalSecrets } from "../compose/literal-secrets.ts";
import type { ComposeModel } from "../compose/model.ts";
import { generateOverride } from "../compose/override.ts";
import { ownVariables } from "../compose/placement.ts";
import { withEnvFiles } from "../compose/reading/service-env-files.ts";
import { canHavePassword } from "../compose/redis-password.ts";
import type { ResolvedProject } from "../compose/resolved.ts";
import { type ServiceDetails, serviceDetails } from "../compose/service-details.ts";
import { bundledHosts, withRoles } from "../compose/service-roles.ts";
import { valueInFiles } from "../compose/values-in-files.ts";
import { withWorkers, workerToggles } from "../compose/worker-services.ts";
import { WORDS_BYTES } from "../docker/docker.ts";
import { type DockerEndpoint, engineOf } from "../docker/endpoint-settings.ts";
import { type ConfigIssue, invalidConfig } from "../errors.ts";
import { packageDefaults } from "../lago/catalogue/index.ts";
import {
  type BundledHosts,
  usesOwnDatabase,
  usesOwnRedis,
  withDerived,
} from "../lago/config/derived.ts";
import { withDomainUrls } from "../lago/config/domain.ts";
import type { LagoConfig } from "../lago/config/lago-config.ts";
import { withoutOrganization } from "../lago/first-organization.ts";
import { type KeyName, keyVariables, LAGO_KEYS, variableOfKey } from "../lago/lago-keys.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { effectivePorts, type PublishedPorts } from "../ports/claims.ts";
import { withLocalUrls } from "../ports/local-urls.ts";
import { allSettledOrThrow, memoized } from "../process/async.ts";
import { type Redactor, redactorFor } from "../redaction/redact.ts";
import { PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import { allocatePorts } from "./allocate-ports.ts";
import { chosenPorts, getsDefaults, variablesToAdd } from "./chosen-changes.ts";
import { forwardedVariableNames } from "./forwarded-variables.ts";
import { memoryLimitFaults, memoryLimitsOf } from "./memory-limits.ts";
import { migrationOf } from "./migration.ts";
import { type CallOptions, DEFAULT_TIMEOUT_MS, type LagoDeploymentOptions } from "./options.ts";
import { profileFaults } from "./profile-faults.ts";
import { PUBLIC_VARIABLES, publicValue } from "./public-values.ts";
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
  /** Hides the values of the secrets among the variables. */
  readonly redact: Redactor;
  readonly #of: FilesOfProject;
  readonly #options: LagoDeploymentOptions;
  readonly #config: LagoConfig | undefined;
  readonly #engine: DockerEndpoint;
  readonly #files: ComposeFiles;
  readonly #reads: ComposeReads;

  constructor(of: FilesOfProject, options: LagoDeploymentOptions, config: LagoConfig | undefined) {
    this.#of = of;
    this.#options = options;
    this.#config = config;
    this.#engine = engineOf(options);
    this.#reads = options.reads ?? new ComposeReads();
    this.redact = redactorFor(secretValues(this.environment));
    this.#files = new ComposeFiles({
      ...of,
      profiles: options.profiles ?? [],
      engine: this.#engine,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      redact: this.redact,
    });
  }

  /** The values of the variables in the files. Holds secrets. */
  get environment(): Readonly<Record<string, string>> {
    return getsDefaults(this.#options) ? withImplied(this.#given) : this.#given;
  }

  /** Names of the variables that nobody set: our defaults, and those that follow from others. */
  get impliedVariables(): readonly string[] {
    const given = this.#given;
    return Object.keys(this.environment).filter((name) => !Object.hasOwn(given, name));
  }

  /**
   * Names of the variables whose values nobody chose. What follows from a chosen value is chosen
   * too, but for the database's URL, which the files may build themselves.
   */
  get #unchosen(): ReadonlySet<string> {
    const given = this.#given;
    const defaults = Object.keys(packageDefaults()).filter((name) => !Object.hasOwn(given, name));
    const url = Object.hasOwn(given, "DATABASE_URL") ? [] : ["DATABASE_URL"];
    const { adopted, madeVariables = [] } = this.#options;
    // Nothing is generated for an adopted deployment: its files give what nobody chose.
    const keys = adopted === true ? LAGO_KEYS.map(variableOfKey) : [];
    const notGiven = keys.filter((name) => !Object.hasOwn(given, name));
    return new Set([...defaults, ...url, ...madeVariables, ...notGiven]);
  }

  get #given(): Record<string, string> {
    return {
      ...Object.fromEntries(this.#config?.toEnvVars() ?? []),
      ...this.#options.environment,
    };
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
    const environment = await this.#lasting();
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
    const environment = { ...unknown, ...this.environment };
    const found = await this.#files.hostFiles({ environment, signal: this.#options.signal });
    return found.filter(({ service }) => services.some(({ name }) => name === service));
  }

  /**
   * The switches that send jobs to workers of their own, for those that will run.
   */
  async toggles(): Promise<Readonly<Record<string, string>>> {
    const { workers, adopted } = this.#options;
    if (adopted === true && workers === undefined) {
      return {};
    }
    const given = Object.keys(this.environment);
    return workerToggles(workers, await this.model(), given);
  }

  /**
   * The variables that count for all services alike: those that were chosen, and the others where no
   * service gets a value of its own from the files. Holds secrets.
   *
   * @internal
   */
  async judgedVariables(): Promise<Readonly<Record<string, string>>> {
    const own = new Set(ownVariables(await this.model(), [...this.#unchosen]));
    const all = { ...this.environment, ...(await this.publicValues()) };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !own.has(name)));
  }

  /**
   * The variables with the keys as the services have them, whether by us or by the files. Holds secrets.
   *
   * @internal
   */
  async keyVariables(): Promise<Readonly<Record<string, string>>> {
    return { ...this.environment, ...keyVariables(await this.keysInFiles()) };
  }

  /**
   * Keys that the files give the services by themselves, and that nobody chose otherwise. An empty text
   * stands for a key that only a file inside of the container holds. Holds secrets.
   *
   * @internal
   */
  async keysInFiles(): Promise<Partial<Record<KeyName, string>>> {
    const model = await this.model();
    const unchosen = LAGO_KEYS.map(variableOfKey).filter((name) => this.#unchosen.has(name));
    const own = ownVariables(model, unchosen);
    return own.length === 0 ? {} : keysInFiles(model, await this.services(), own, this.environment);
  }

  /**
   * Addresses of Lago and its switch of sign-up that nobody chose, as the files give them or as they
   * follow from the ports.
   *
   * @param names variables in question. Defaults to those that nobody set
   * @internal
   */
  async publicValues(
    names: readonly string[] = PUBLIC_VARIABLES.filter((name) => !Object.hasOwn(this.#given, name)),
  ): Promise<Record<string, string>> {
    const { isolated, ports: chosen = {} } = this.#options;
    if (isolated === false || names.length === 0) {
      return {};
    }
    const model = await this.model();
    const services = await this.services();
    const ports = effectivePorts(model, chosen, this.environment);
    const hasDomain = this.environment.LAGO_DOMAIN !== undefined;
    const values = names.flatMap((name) => {
      const inFiles = valueInFiles(model, services, name, this.environment);
      const value = publicValue(name, { inFiles, chosen, ports, hasDomain });
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(values);
  }

  /**
   * The services with the variables that the files give them. Holds secrets.
   *
   * @internal
   */
  async services(): Promise<ServiceDetails[]> {
    const { services, names } = this.#readEnvFiles(await this.model());
    return serviceDetails({ services }).map((one) => ({
      ...one,
      fromEnvFiles: names.get(one.name) ?? [],
    }));
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
      ...roleFaults(model, this.#options, this.environment),
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
    const { environment } = this;
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
    await this.#call(purpose, command, call, await this.#lasting());
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
    await this.#call(purpose, command, call, await this.#filledIn(), onLine);
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
    const { isolated, adopted, workers, behindProxy, roles } = this.#options;
    const filled = this.#readEnvFiles(model).services;
    const judged = this.#withEnvFiles(withRoles(model, this.#given, roles, filled));
    if (isolated === false) {
      return judged;
    }
    const hosts = bundledHosts(judged);
    const unneeded = [
      ...(usesOwnDatabase(this.#given, hosts) ? ["db"] : []),
      ...(usesOwnRedis(this.#given, hosts) ? ["redis"] : []),
    ];
    const names = judged.services
      .filter(({ role }) => role !== undefined && unneeded.includes(role))
      .map(({ name }) => name)
      .filter((name) => !isNeededByOthers(judged.services, name));
    // A database that plain compose runs beside one of the user's own may hold data.
    const complete = withWorkers(adopted ? judged : disableServices(judged, names), workers);
    return behindProxy === true ? withProxyNetwork(complete) : complete;
  }

  /** Notes which variables come from an `env_file`. Compose reports files that it cannot read. */
  #withEnvFiles(model: ComposeModel): ComposeModel {
    const { names } = this.#readEnvFiles(model);
    const services = model.services.map((service) => {
      const fromEnvFiles = names.get(service.name) ?? [];
      return fromEnvFiles.length === 0 ? service : { ...service, fromEnvFiles };
    });
    return { ...model, services };
  }

  #readEnvFiles({ services }: ComposeModel) {
    const definitions = services.map(({ name, definition }) => [name, definition] as const);
    const active = services.map(({ name }) => name);
    return withEnvFiles(Object.fromEntries(definitions), active, this.#given);
  }

  async #allocatePorts(): Promise<PublishedPorts> {
    const { isolated, ports, signal } = this.#options;
    // Files that run as they are decide the ports themselves.
    const given = isolated === false ? {} : ports;
    const wanted = effectivePorts(await this.model(), given, this.environment);
    return {
      ...(await allocatePorts(this.#of.projectName, wanted, this.#engine, signal)),
      address: wanted.address,
    };
  }

  /**
   * The environment for containers that stay. Files without a migration of their own keep the
   * variables of the first organization: nobody else would pass them on.
   */
  async #lasting(): Promise<Readonly<Record<string, string>>> {
    const environment = await this.#filledIn();
    const model = await this.model();
    if (migrationOf(model) === undefined) {
      return environment;
    }
    const lasting = withoutOrganization(environment);
    // The containers of plain compose have what their files pass on.
    const own = Object.entries(environment).filter(([name]) => model.variables.includes(name));
    return this.#options.adopted === true ? { ...lasting, ...Object.fromEntries(own) } : lasting;
  }

  /** All variables, for compose. */
  async #filledIn(): Promise<Readonly<Record<string, string>>> {
    const { adopted, ports = {}, redisPasswordIsMade } = this.#options;
    if (!getsDefaults(this.#options)) {
      return this.environment;
    }
    const unwanted = redisPasswordIsMade === true && !canHavePassword(await this.model());
    const chosen = unwanted ? { ...this.#given, REDIS_PASSWORD: "" } : this.#given;
    // An adopted deployment keeps what its containers have.
    const ofFiles = adopted === true ? {} : await this.publicValues();
    const given = { ...chosen, ...ofFiles };
    const environment = withImplied(given, bundledHosts(await this.model()));
    return withLocalUrls(environment, ports, await this.ports());
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
      unchosen: this.#unchosen,
      environment,
      version: this.#options.version,
      memoryLimits: memoryLimitsOf(model, this.#options.memoryLimits),
      literals: await this.toggles(),
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

/** Adds our defaults to the given variables, and those that follow from others. */
function withImplied(
  given: Readonly<Record<string, string>>,
  hosts?: BundledHosts,
): Record<string, string> {
  return withDerived(withDomainUrls({ ...packageDefaults(), ...given }), hosts);
}
