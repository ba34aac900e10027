/** Settings of a stack by the names that a person types. */
import type { ConfigIssue } from "../../errors.ts";
import { isSecretName, VARIABLES, variableBySetting } from "../../lago/catalogue/index.ts";
import { WORKER_POOLS } from "../../lago/pools.ts";
import { isConfigField, isStackSetting, settingOf, stackSettingOf } from "../../spec/names.ts";
import { nearSetting } from "../../spec/unknown-names.ts";
import { PUBLISHED_SERVICES } from "../../spec/wanted-ports.ts";

/** Kind of a setting's value. A `group` has no value of its own, only parts. */
export type SettingKind = "text" | "number" | "boolean" | "list" | "group";

/** A setting, or a part of one, in the config of a stack. */
export interface NamedSetting {
  /** Names from the outermost to the innermost, such as `settings`, `mail`, `from`. */
  readonly path: readonly string[];
  readonly kind: SettingKind;
  /** Whether the value is a secret, or may have one in it. */
  readonly isSecret: boolean;
  /** Names of the parts of a group. */
  readonly parts: readonly string[];
}

const PORT_PARTS: readonly string[] = [...PUBLISHED_SERVICES, "address"];
const POOL_PARTS = ["count", "concurrency"];

/** Settings of Lago that a stack's config may have, by path. */
const LAGO_SETTINGS = VARIABLES.flatMap(({ setting, scope }) =>
  setting === undefined || scope === "deployment" ? [] : [setting],
);

/**
 * Finds a setting by its name: a setting of the stack such as `version` or `ports.api`, or one of
 * Lago such as `mail.from`, with or without `settings.` in front. Undefined for an unknown name.
 */
export function namedSetting(name: string): NamedSetting | undefined {
  const path = name.split(".");
  if (path.some((part) => part === "")) {
    return undefined;
  }
  const [head = "", ...below] = path;
  const isOfLago = LAGO_SETTINGS.includes(name);
  // The groups `ports` and `workers` are in the stack's settings and among Lago's.
  const isPool = head === "workers" && Object.hasOwn(WORKER_POOLS, below[0] ?? "");
  if (!isStackSetting(head) || (isOfLago && !isPool)) {
    return isOfLago ? lagoSetting(path) : undefined;
  }
  if (head === "settings") {
    return lagoSetting(below);
  }
  const isVariable = head === "environment" && below.length > 0;
  return {
    path,
    kind: stackKind(head, below.length, below[0]),
    isSecret: isVariable
      ? isSecretName(below.join("."))
      : stackSettingOf(head).secret === true && isConfigField(head),
    parts: partsOf(head, below),
  };
}

/** Fault of a name that is no setting, with the name that was probably meant. */
export function unknownSetting(name: string): ConfigIssue {
  const near = nearSetting(name.replace(/^settings\./, ""));
  return { field: name, message: `no such setting${near}` };
}

/** Fault of a group that is given a value, with the names of its parts. */
export function groupFault({ path, parts }: NamedSetting): ConfigIssue {
  const field = path.join(".");
  const examples = {
    environment: "environment.LAGO_SIDEKIQ_WEB",
    memoryLimits: "memoryLimits.api",
    roles: "roles.backend",
  };
  const names =
    parts.length > 0
      ? `name one of its parts: ${parts.join(", ")}`
      : `name a part of it, such as ${Reflect.get(examples, field) ?? `${field}.NAME`}`;
  return { field, message: `is a group of settings; ${names}` };
}

function lagoSetting(below: readonly string[]): NamedSetting | undefined {
  const name = below.join(".");
  const path = ["settings", ...below];
  if (!LAGO_SETTINGS.includes(name)) {
    const within = name === "" ? "" : `${name}.`;
    const parts = LAGO_SETTINGS.filter((one) => one.startsWith(within));
    return parts.length > 0
      ? { path, kind: "group", isSecret: false, parts: name === "" ? groupsIn(parts) : parts }
      : undefined;
  }
  const variable = variableBySetting(name);
  const type = variable?.type.kind ?? "text";
  return {
    path,
    kind:
      type === "integer" || type === "number"
        ? "number"
        : type === "boolean" || type === "list"
          ? type
          : "text",
    isSecret: variable?.secret === true,
    parts: [],
  };
}

/** First parts of names: all settings of Lago would be a page. */
function groupsIn(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.split(".")[0] ?? ""))];
}

function stackKind(head: string, depth: number, first: string | undefined): SettingKind {
  if (!isStackSetting(head)) {
    return "text";
  }
  const { form } = stackSettingOf(head);
  if (form !== "object") {
    return depth > 0 ? "text" : (form ?? "text");
  }
  const isList = !isConfigField(head) && ["texts", "guardedKeys"].includes(settingOf(head).rule);
  if (depth === 0) {
    return isList ? "list" : "group";
  }
  switch (head) {
    case "ports":
      return first === "address" ? "text" : "number";
    case "workers":
      return depth === 1 ? "group" : "number";
    default:
      return "text";
  }
}

function partsOf(head: string, below: readonly string[]): string[] {
  const pools = Object.keys(WORKER_POOLS);
  switch (below.length === 0 ? head : `${head}.`) {
    case "ports":
      return PORT_PARTS.map((part) => `ports.${part}`);
    case "workers":
      return pools.map((pool) => `workers.${pool}.count`);
    case "workers.":
      return POOL_PARTS.map((part) => `workers.${below[0]}.${part}`);
    default:
      return [];
  }
}
