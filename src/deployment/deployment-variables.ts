/** The variables of a deployment: those that were set, and those that follow from others. */
import { keysInFiles } from "../compose/keys-in-files.ts";
import type { ComposeModel } from "../compose/model.ts";
import { ownVariables } from "../compose/placement.ts";
import { canHavePassword } from "../compose/redis-password.ts";
import type { ServiceDetails } from "../compose/service-details.ts";
import { bundledHosts } from "../compose/service-roles.ts";
import { valueInFiles } from "../compose/values-in-files.ts";
import { workerToggles } from "../compose/worker-services.ts";
import { packageDefaults } from "../lago/catalogue/index.ts";
import { type BundledHosts, withDerived } from "../lago/config/derived.ts";
import { withDomainUrls } from "../lago/config/domain.ts";
import type { LagoConfig } from "../lago/config/lago-config.ts";
import { withoutOrganization } from "../lago/first-organization.ts";
import { type KeyName, keyVariables, LAGO_KEYS, variableOfKey } from "../lago/lago-keys.ts";
import { effectivePorts, type PublishedPorts } from "../ports/claims.ts";
import { withLocalUrls } from "../ports/local-urls.ts";
import { memoized } from "../process/async.ts";
import { getsDefaults } from "./chosen-changes.ts";
import { detailedServices } from "./declared-model.ts";
import { migrationOf } from "./migration.ts";
import type { LagoDeploymentOptions } from "./options.ts";
import { PUBLIC_VARIABLES, publicValue } from "./public-values.ts";

type Variables = Readonly<Record<string, string>>;

/** Facts about the files that variables depend on, read when they are needed. */
interface FilesFacts {
  readonly model: () => Promise<ComposeModel>;
  readonly ports: () => Promise<PublishedPorts>;
}

/** Variables of a deployment, for compose and for those who judge them. They hold secrets. */
export class DeploymentVariables {
  /** Variables that somebody set. */
  readonly given: Variables;
  readonly #options: LagoDeploymentOptions;
  readonly #files: FilesFacts;

  constructor(options: LagoDeploymentOptions, config: LagoConfig | undefined, files: FilesFacts) {
    this.#options = options;
    this.#files = files;
    this.given = { ...Object.fromEntries(config?.toEnvVars() ?? []), ...options.environment };
  }

  /** The set variables, our defaults, and those that follow from others. */
  get all(): Variables {
    return getsDefaults(this.#options) ? withImplied(this.given) : this.given;
  }

  /** Names of the variables that nobody set: our defaults, and those that follow from others. */
  get implied(): readonly string[] {
    return Object.keys(this.all).filter((name) => !this.#isGiven(name));
  }

  /**
   * Names of the variables whose values nobody chose. What follows from a chosen value is chosen
   * too, but for the database's URL, which the files may build themselves.
   */
  get unchosen(): ReadonlySet<string> {
    const { adopted, madeVariables = [] } = this.#options;
    // Nothing is generated for an adopted deployment: its files give what nobody chose.
    const keys = adopted === true ? LAGO_KEYS.map(variableOfKey) : [];
    const mayBeSet = [...Object.keys(packageDefaults()), "DATABASE_URL", ...keys];
    return new Set([...mayBeSet.filter((name) => !this.#isGiven(name)), ...madeVariables]);
  }

  #isGiven(name: string): boolean {
    return Object.hasOwn(this.given, name);
  }

  /** The switches that send jobs to workers of their own, for those that will run. */
  async toggles(): Promise<Variables> {
    const { workers, adopted } = this.#options;
    return adopted === true && workers === undefined
      ? {}
      : workerToggles(workers, await this.#files.model(), Object.keys(this.all));
  }

  /** The services with the variables that the files give them. */
  readonly services: () => Promise<ServiceDetails[]> = memoized(async () =>
    detailedServices(await this.#files.model(), this.given),
  );

  /**
   * The variables that count for all services alike: those that were chosen, and the others where no
   * service gets a value of its own from the files.
   */
  async judged(): Promise<Variables> {
    const own = new Set(ownVariables(await this.#files.model(), [...this.unchosen]));
    const all = { ...this.all, ...(await this.publicValues()) };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !own.has(name)));
  }

  /** The variables with the keys as the services have them, whether by us or by the files. */
  async withKeys(): Promise<Variables> {
    return { ...this.all, ...keyVariables(await this.keysInFiles()) };
  }

  /**
   * Keys that the files give the services by themselves, and that nobody chose otherwise. An empty text
   * stands for a key that only a file inside of the container holds.
   */
  async keysInFiles(): Promise<Partial<Record<KeyName, string>>> {
    const model = await this.#files.model();
    const { unchosen } = this;
    const names = LAGO_KEYS.map(variableOfKey).filter((name) => unchosen.has(name));
    const own = ownVariables(model, names);
    return own.length === 0 ? {} : keysInFiles(model, await this.services(), own, this.all);
  }

  /**
   * Addresses of Lago and its switch of sign-up that nobody chose, as the files give them or as they
   * follow from the ports.
   *
   * @param names variables in question. Defaults to those that nobody set
   */
  async publicValues(
    names: readonly string[] = PUBLIC_VARIABLES.filter((name) => !this.#isGiven(name)),
  ): Promise<Record<string, string>> {
    const { isolated, ports: chosen = {} } = this.#options;
    if (isolated === false || names.length === 0) {
      return {};
    }
    const { all } = this;
    const model = await this.#files.model();
    const services = await this.services();
    const ports = effectivePorts(model, chosen, all);
    const hasDomain = all.LAGO_DOMAIN !== undefined;
    const values = names.flatMap((name) => {
      const inFiles = valueInFiles(model, services, name, all);
      const value = publicValue(name, { inFiles, chosen, ports, hasDomain });
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(values);
  }

  /** All variables, for compose. */
  async filledIn(): Promise<Variables> {
    const { ports = {}, redisPasswordIsMade } = this.#options;
    if (!getsDefaults(this.#options)) {
      return this.all;
    }
    const model = await this.#files.model();
    const isUnwanted = redisPasswordIsMade === true && !canHavePassword(model);
    const chosen = isUnwanted ? { ...this.given, REDIS_PASSWORD: "" } : this.given;
    const given = { ...chosen, ...(await this.publicValues()) };
    return withLocalUrls(withImplied(given, bundledHosts(model)), ports, await this.#files.ports());
  }

  /**
   * The variables for containers that stay. Files without a migration of their own keep the variables
   * of the first organization: nobody else would pass them on.
   */
  async lasting(): Promise<Variables> {
    const environment = await this.filledIn();
    const model = await this.#files.model();
    if (migrationOf(model) === undefined) {
      return environment;
    }
    const lasting = withoutOrganization(environment);
    // The containers of plain compose have what their files pass on.
    const own = Object.entries(environment).filter(([name]) => model.variables.includes(name));
    return this.#options.adopted === true ? { ...lasting, ...Object.fromEntries(own) } : lasting;
  }
}

/** Adds our defaults to the given variables, and those that follow from others. */
function withImplied(given: Variables, hosts?: BundledHosts): Record<string, string> {
  return withDerived(withDomainUrls({ ...packageDefaults(), ...given }), hosts);
}
