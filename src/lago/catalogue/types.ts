/** The form of the catalogue of Lago's variables. */

/** The services that read a variable; `compose` stands for the compose file itself. */
export type Role =
  | "api"
  | "worker"
  | "clock"
  | "migrate"
  | "front"
  | "db"
  | "redis"
  | "proxy"
  | "compose";

/** The services that run Lago's back-end image. */
export const BACKEND = ["api", "worker", "clock", "migrate"] as const satisfies readonly Role[];

/** What a value looks like. */
export type VariableType =
  | { readonly kind: "text"; readonly minLength?: number }
  | { readonly kind: "url"; readonly schemes: readonly string[]; readonly example: string }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  /** `off` is what switches it off: some variables count as on whatever they say. */
  | { readonly kind: "boolean"; readonly off: "false" | "" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  /** Several texts, joined by commas. */
  | { readonly kind: "list" }
  | { readonly kind: "rsaKey" };

export const TEXT = { kind: "text" } as const;
export const BOOLEAN = { kind: "boolean", off: "false" } as const;
/** A switch that Lago takes for on as soon as it holds any text. */
export const PRESENCE = { kind: "boolean", off: "" } as const;
export const LIST = { kind: "list" } as const;
export const PORT = { kind: "integer", min: 1, max: 65_535 } as const;
/** A number of things, at least one. */
export const COUNT = { kind: "integer", min: 1, max: 1_000_000 } as const;
/** A time that may be zero, in the unit that the setting names. */
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
 * How a value reaches those that read it, with Lago's own root file of v1.43 to v1.50:
 * `file`, it passes the variable to all of them; `override`, our own override has to;
 * `never`, nothing reads it, see `reason`.
 */
export type Effect = "file" | "override" | "never";

/** What a later change of the value does, see `CHANGES`. */
export type Change =
  | "free"
  | "first-start"
  | "other-data"
  | "logs-out"
  | "webhook-signatures"
  | "never";

/** One variable as its group's file writes it down; what is left out takes the usual value. */
export interface VariableEntry {
  /** Name in the environment of compose. */
  readonly name: string;
  /** Dotted path among the settings; none for names that nobody should set. */
  readonly setting?: string;
  readonly type: VariableType;
  /** What it is for, in one sentence without a full stop. */
  readonly summary: string;
  /** Who reads it. Usually all back-end services. */
  readonly roles?: readonly Role[];
  /** Name inside the container, where it is another one. */
  readonly as?: Partial<Readonly<Record<Role, string>>>;
  /** The variable that Lago's file builds from this one and others, for the back end. */
  readonly partOf?: "DATABASE_URL" | "REDIS_URL" | "LAGO_REDIS_CACHE_URL";
  /** Usually `override`. */
  readonly effect?: Effect;
  /** Why it never takes effect. */
  readonly reason?: string;
  /** The variable to set instead of this one. */
  readonly instead?: string;
  readonly secret?: boolean;
  /** Required always, or while another variable is set (to `equals`, where given). */
  readonly requiredWhen?: "always" | { readonly variable: string; readonly equals?: string };
  /** What we set unless told otherwise. */
  readonly ourDefault?: string;
  /** Whether we generate a value once unless one is given. */
  readonly generated?: boolean;
  /** What Lago's file, or its code, takes unless told otherwise. */
  readonly lagoDefault?: string;
  /** Why Lago's default is not safe. */
  readonly unsafeDefault?: string;
  /** Usually `free`. */
  readonly change?: Change;
  /**
   * First release that reads it, as seen in the tags of lago-api from v1.0.0 to v1.51.0; usually
   * v1.0.0, which stands for that one or an older one. `unreleased`: none of them does.
   */
  readonly since?: string;
  /**
   * `deployment`: not one of Lago's settings but an argument of the deployment around it.
   * `deploy-files`: known only to the files in Lago's `deploy` folder.
   */
  readonly scope?: "deployment" | "deploy-files";
}

/** One variable of Lago. */
export interface LagoVariable extends VariableEntry {
  /** Title of the group that it stands in. */
  readonly group: string;
  readonly roles: readonly Role[];
  readonly effect: Effect;
  readonly secret: boolean;
  readonly change: Change;
  readonly since: string;
}

/** Variables that belong together, in the order in which a person reads them. */
export interface VariableGroup {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly VariableEntry[];
}
