import { releasedImage } from "../compose/images.ts";
import { interpolate } from "../compose/interpolate.ts";
import { variablesIn } from "../compose/model.ts";
import { aliasesOf } from "../compose/own-values.ts";
import { isLagoImage, nameInside, roleOf } from "../compose/roles.ts";
import { filledPort, type ServiceDetails, serviceDetails } from "../compose/service-details.ts";
import { withRoles } from "../compose/service-roles.ts";
import { type LagoVariable, type Role, variableByName } from "../lago/catalogue/index.ts";
import type { RemoteEngine, RunDescription } from "./types.ts";

/** One service, with its variables filled in. */
export interface Service extends ServiceDetails {
  /** Role in Lago; undefined for a service of another program. */
  readonly role: Role | undefined;
  /** Role that the service has, be it in Lago or in another program. */
  readonly kind: Role | undefined;
  /** Definition in the file, before variables were filled in. */
  readonly raw: ServiceDetails;
}

/** Source of a value: given by the user, or in the compose file. */
export type Origin = "given" | "file";

export interface Effective {
  readonly value: string;
  readonly origin: Origin;
}

/** A run description in the form that checks query. */
export class CheckContext {
  readonly source: RunDescription["source"];
  readonly variables: Readonly<Record<string, string>>;
  readonly model: RunDescription["model"];
  readonly services: readonly Service[];
  /** Host address at which api and front are published; undefined for the default. */
  readonly publishedAddress: string | undefined;
  /** The remote engine; undefined when the engine is on this machine. */
  readonly remoteEngine: RemoteEngine | undefined;
  /** Mounts of files that would be folders. */
  readonly foldersForFiles: NonNullable<RunDescription["foldersForFiles"]>;
  readonly #release: string | undefined;
  readonly #implied: readonly string[];
  readonly #roles: ReadonlyMap<string, Role | undefined>;

  constructor(description: RunDescription) {
    this.source = description.source;
    this.publishedAddress = description.publishedAddress;
    this.remoteEngine = description.remoteEngine;
    this.foldersForFiles = description.foldersForFiles ?? [];
    this.#release = description.release;
    this.#implied = description.implied ?? [];
    this.variables = description.variables;
    this.model = description.model;
    const { source, model } = description;
    const judged = source === "stack" ? model : withRoles(model, description.variables);
    this.#roles = new Map(judged.services.map(({ name, role }) => [name, role]));
    const { services = detailsOfModel(description.model) } = description;
    this.services = services.map((raw) => this.#fillIn(raw));
  }

  /** Whether the variable is given and not empty. */
  isGiven(name: string): boolean {
    return Object.hasOwn(this.variables, name) && this.variables[name] !== "";
  }

  /** Whether a user set the variable to a value that is not empty. */
  isSet(name: string): boolean {
    return this.isGiven(name) && !this.#implied.includes(name);
  }

  /** Returns the value of a variable that Lago will see, if known. */
  effective(name: string): Effective | undefined {
    const given = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    if (this.source === "stack" && given !== undefined) {
      return { value: given, origin: "given" };
    }
    const variable = variableByName(name);
    const seen = variable && this.#seenBy(variable);
    if (seen !== undefined) {
      return { value: seen, origin: given ? "given" : "file" };
    }
    return given === undefined ? undefined : { value: given, origin: "given" };
  }

  /** Returns the value of {@link effective}, or an empty text. */
  value(name: string): string {
    return this.effective(name)?.value ?? "";
  }

  /**
   * Name of the variable to set for another value of {@link effective}: one of another name, where
   * the files take the value from that.
   *
   * @param part part of the value, such as the password of a URL. Defaults to the whole value
   */
  sourceOf(name: string, part?: string): string {
    const { value = "", origin } = this.effective(name) ?? {};
    if (this.source === "stack" && origin === "given") {
      return name;
    }
    const names = this.madeOf(name);
    const others = this.source === "stack" ? names.filter((one) => this.isGiven(one)) : names;
    const same = others.find((one) => value !== "" && this.variables[one] === (part || value));
    const only = others.length === 1 && names.length === 1 ? others[0] : undefined;
    return names.includes(name) ? name : (same ?? only ?? name);
  }

  /** Image that a service runs: a release that is set counts in the place of the files' own. */
  imageOf({ image }: Service): string {
    return releasedImage(image, this.#release);
  }

  /** Names of the variables that the files make a variable's value of, for its first reader. */
  madeOf(name: string): readonly string[] {
    const variable = variableByName(name);
    if (variable === undefined) {
      return [];
    }
    const service = this.#firstReader(variable);
    return variablesIn((service && givenTo(variable, service.raw.environment, service.role)) ?? "");
  }

  /** Whether a switch is on, by the rules of Rails' booleans. */
  isOn(name: string): boolean {
    return isOn(this.value(name));
  }

  /** Lists the services of the given roles. */
  withRole(...roles: readonly Role[]): readonly Service[] {
    return this.services.filter(({ role }) => role !== undefined && roles.includes(role));
  }

  /** Lists the services of the given roles, be they Lago's or another program's. */
  ofKind(...kinds: readonly Role[]): readonly Service[] {
    return this.services.filter(({ kind }) => kind !== undefined && kinds.includes(kind));
  }

  /**
   * Release of Lago's back end, such as `[1, 50, 0]`, from the description or the image's tag;
   * undefined when unknown.
   */
  get release(): readonly number[] | undefined {
    const image = this.services.map((one) => one.image).find((one) => isLagoImage(one, "api"));
    const match = /(?:^|:)v?(\d+)\.(\d+)\.(\d+)/.exec(this.#release ?? image ?? "");
    return match === null ? undefined : match.slice(1).map(Number);
  }

  #seenBy(variable: LagoVariable): string | undefined {
    const service = this.#firstReader(variable);
    return service === undefined
      ? this.#defaultInFiles(variable.name)
      : givenTo(variable, service.environment, service.role);
  }

  #firstReader(variable: LagoVariable): Service | undefined {
    return this.withRole(...variable.roles).find(
      ({ environment, role }) => givenTo(variable, environment, role) !== undefined,
    );
  }

  /**
   * Returns the value of `${NAME:-default}` in the files, for a variable that no container has
   * under its own name.
   */
  #defaultInFiles(name: string): string | undefined {
    const reference = new RegExp(`\\$\\{${name}(?::?[-?+][^{}]*)?\\}`);
    for (const { raw } of this.services) {
      for (const text of [...Object.values(raw.environment), raw.command]) {
        const found = reference.exec(text)?.[0];
        if (found !== undefined) {
          return interpolate(found, this.variables);
        }
      }
    }
    return undefined;
  }

  #fillIn(raw: ServiceDetails): Service {
    const fill = (text: string) => interpolate(text, this.variables);
    const filled = {
      ...raw,
      raw,
      image: fill(raw.image),
      command: fill(raw.command),
      environment: Object.fromEntries(
        Object.entries(raw.environment).map(([name, text]) => [name, fill(text)]),
      ),
      ports: raw.ports.map((port) => filledPort(port, fill)),
      volumes: raw.volumes.map(fill),
    };
    const kind = this.#roles.get(raw.name) ?? roleOf(filled);
    return { ...filled, kind, role: this.#roles.has(raw.name) ? this.#roles.get(raw.name) : kind };
  }
}

/** Value of a variable in an environment, under the first name of it that is there. */
function givenTo(
  variable: LagoVariable,
  environment: Readonly<Record<string, string>>,
  role: Role | undefined,
): string | undefined {
  const found = aliasesOf(nameInside(variable, role)).find((name) =>
    Object.hasOwn(environment, name),
  );
  return found === undefined ? undefined : environment[found];
}

function detailsOfModel({ services }: RunDescription["model"]): ServiceDetails[] {
  return serviceDetails({
    services: Object.fromEntries(services.map(({ name, definition }) => [name, definition])),
  });
}

/** Whether Rails reads a text as true. */
export function isOn(value: string): boolean {
  return !["", "0", "f", "false", "off", "no"].includes(value.trim().toLowerCase());
}
