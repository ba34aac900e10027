/** The catalogue: every variable of Lago, and ways to look one up. */
import { GROUPS } from "./groups.ts";
import { didYouMean, suggest } from "./suggest.ts";
import { BACKEND, type LagoVariable, type VariableEntry } from "./types.ts";

/** All known variables of Lago, in the order of their groups. */
export const VARIABLES: readonly LagoVariable[] = GROUPS.flatMap(({ title, entries }) =>
  entries.map((entry: VariableEntry) => ({
    roles: BACKEND,
    effect: "override" as const,
    secret: false,
    change: "free" as const,
    since: "v1.0.0",
    ...entry,
    group: title,
  })),
);

const BY_NAME = new Map(VARIABLES.map((variable) => [variable.name, variable]));
const BY_SETTING = new Map(
  VARIABLES.flatMap((variable) =>
    variable.setting === undefined ? [] : [[variable.setting, variable] as const],
  ),
);

/** Returns the variable with this name in the environment, if Lago has one. */
export function variableByName(name: string): LagoVariable | undefined {
  return BY_NAME.get(name);
}

/** Returns the variable behind a setting such as `mail.smtpAddress`, if there is one. */
export function variableBySetting(path: string): LagoVariable | undefined {
  return BY_SETTING.get(path);
}

/** Names of the variables whose values must never be shown. */
export function secretNames(): readonly string[] {
  return VARIABLES.filter(({ secret }) => secret).map(({ name }) => name);
}

/** Whether the value of this variable is secret. An unknown name is judged by the words in it. */
export function isSecretName(name: string): boolean {
  return (
    variableByName(name)?.secret ??
    /KEY|SECRET|PASSW|PASSPHRASE|TOKEN|SALT|CREDENTIAL|LICENSE|(PASS|AUTH)$/i.test(name)
  );
}

/** Defaults that this package sets, by variable; generated values are not included. */
export function packageDefaults(): Record<string, string> {
  return Object.fromEntries(
    VARIABLES.flatMap(({ name, packageDefault }) =>
      packageDefault === undefined ? [] : [[name, packageDefault]],
    ),
  );
}

/** `. Did you mean LAGO_API_URL?` for a near miss of a Lago variable, or an empty text. */
export function suggestVariable(name: string): string {
  return didYouMean(name, [...BY_NAME.keys()]);
}

/**
 * `. Did you mean mail.smtpPort?` for a near miss of a setting, or an empty text.
 *
 * @param within beginning of the path that is shown, such as `settings.`
 */
export function suggestSetting(path: string, within = ""): string {
  const meant = nearSetting(path);
  return meant === undefined ? "" : `. Did you mean ${within}${meant}?`;
}

function nearSetting(path: string): string | undefined {
  const paths = [...BY_SETTING.keys()];
  const groups = new Set(paths.flatMap((one) => parents(one)));
  const near = BY_NAME.get(path)?.setting ?? suggest(path, [...paths, ...groups]);
  if (near !== undefined) {
    return near;
  }
  // A field without its group, or in another group.
  const last = path.split(".").at(-1);
  const same = paths.filter((one) => one.split(".").at(-1) === last);
  return same.length === 1 ? same[0] : undefined;
}

function parents(path: string): string[] {
  const parts = path.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}
