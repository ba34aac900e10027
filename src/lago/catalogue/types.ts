/** Types of the catalogue of Lago's variables. */

/** Roles of services that read variables; `compose` means the compose file itself. */
export type Role =
  | "api"
  | "worker"
  | "clock"
  | "migrate"
  | "front"
  | "db"
  | "redis"
  | "pdf"
  | "proxy"
  | "compose";

/** Roles that a setting may give a service whose image and command do not tell them. */
export const NAMED_ROLES = [
  "api",
  "worker",
  "clock",
  "migrate",
  "front",
  "db",
  "redis",
  "pdf",
  "proxy",
] as const satisfies readonly Role[];

/** An entry of {@link NAMED_ROLES}. */
export type NamedRole = (typeof NAMED_ROLES)[number];

/** The services that run Lago's back-end image. */
export const BACKEND = ["api", "worker", "clock", "migrate"] as const satisfies readonly Role[];

/** Type of a variable's value. */
export type VariableType =
  | { readonly kind: "text"; readonly minLength?: number }
  | { readonly kind: "url"; readonly schemes: readonly string[]; readonly example: string }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  /**
   * `off` is the value that disables the variable: some variables count as on with any other text.
   */
  | { readonly kind: "boolean"; readonly off: "false" | "" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  /** Several texts, joined by commas. */
  | { readonly kind: "list" }
  | { readonly kind: "rsaKey" };

export const TEXT = { kind: "text" } as const;
export const BOOLEAN = { kind: "boolean", off: "false" } as const;
/** A switch that Lago reads as on as soon as it holds any text. */
export const PRESENCE = { kind: "boolean", off: "" } as const;
export const LIST = { kind: "list" } as const;
export const PORT = { kind: "integer", min: 1, max: 65_535 } as const;
/** A number of things, 1 or more. */
export const COUNT = { kind: "integer", min: 1, max: 1_000_000 } as const;
/** A duration that may be zero, in the unit that the setting's name ends in. */
export const DURATION = { kind: "integer", min: 0, max: 2_147_483_647 } as const;
export const HTTP_URL = {
  kind: "url",
  schemes: ["http", "https"],
  example: "https://billing.example.com",
} as const;
export const POSTGRES_URL = {
  kind: "url",
  schemes: ["postgresql", "postgres"],
  example: "postgresql://USER:PASSWORD@HOST:5432/DATABASE",
} as const;
export const REDIS_URL = {
  kind: "url",
  schemes: ["redis", "rediss"],
  example: "redis://HOST:6379",
} as const;

/**
 * How a value reaches the services that read it, with Lago's root file of v1.43 to v1.50. `file`:
 * the file passes the variable to all of them. `override`: the generated override passes it on.
 * `never`: nothing reads it, see `reason`.
 */
export type Effect = "file" | "override" | "never";

/** Effect of a later change of the value, see `CHANGES`. */
export type Change =
  | "free"
  | "first-start"
  | "first-organization"
  | "other-data"
  | "logs-out"
  | "webhook-signatures"
  | "never";

/** One variable as its group's file defines it. Omitted fields take the usual value. */
export interface VariableEntry {
  /** Name in the environment of compose. */
  readonly name: string;
  /** Dotted path among the settings; none for a name that must not be set. */
  readonly setting?: string;
  readonly type: VariableType;
  /** Purpose of the variable, in one sentence without a full stop. */
  readonly summary: string;
  /** Roles that read the variable. Usually all back-end services. */
  readonly roles?: readonly Role[];
  /** Name inside the container, if it differs. */
  readonly as?: Partial<Readonly<Record<Role, string>>>;
  /** The variable that Lago's file builds from this one and others, for the back end. */
  readonly partOf?: "DATABASE_URL" | "REDIS_URL" | "LAGO_REDIS_CACHE_URL";
  /** Usually `override`. */
  readonly effect?: Effect;
  /** Reason why the variable never has an effect. */
  readonly reason?: string;
  /** The variable to set instead of this one. */
  readonly instead?: string;
  readonly secret?: boolean;
  /**
   * Condition under which the variable is required: always, or while another one is set (to
   * `equals`, if given).
   */
  readonly requiredWhen?: "always" | { readonly variable: string; readonly equals?: string };
  /** Default that this package sets. */
  readonly packageDefault?: string;
  /** Whether this package generates a value once, unless one is given. */
  readonly generated?: boolean;
  /** Default of Lago's compose file, or of its code. */
  readonly lagoDefault?: string;
  /** Reason why Lago's default is not safe. */
  readonly unsafeDefault?: string;
  /** Usually `free`. */
  readonly change?: Change;
  /**
   * First release that reads the variable, by the tags of lago-api from v1.0.0 to v1.51.0. Usually
   * v1.0.0, which also means earlier. `unreleased`: no release reads it.
   */
  readonly since?: string;
  /**
   * `deployment`: an argument of the deployment instead of a setting of Lago. `deploy-files`: read
   * only by the files in Lago's `deploy` folder.
   */
  readonly scope?: "deployment" | "deploy-files";
}

/** One variable of Lago. */
export interface LagoVariable extends VariableEntry {
  /** Title of the group. */
  readonly group: string;
  readonly roles: readonly Role[];
  readonly effect: Effect;
  readonly secret: boolean;
  readonly change: Change;
  readonly since: string;
}

/** A group of variables, in the order of the documentation. */
export interface VariableGroup {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly VariableEntry[];
}
