/** The catalogue: every variable of Lago, and ways to look one up. */
import { GROUPS } from "./groups.ts";
import { didYouMean, suggest } from "./suggest.ts";
import { BACKEND, type LagoVariable, type VariableEntry } from "./types.ts";

/** All variables of Lago that are known, in the order of their groups. */
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

/** The variable of that name in the environment, if there is one. */
export function variableByName(name: string): LagoVariable | undefined {
  return BY_NAME.get(name);
}

/** The variable behind a setting such as `mail.smtpAddress`, if there is one. */
export function variableBySetting(path: string): LagoVariable | undefined {
  return BY_SETTING.get(path);
}

/** Names of the variables whose values must never be shown. */
export function secretNames(): readonly string[] {
  return VARIABLES.filter(({ secret }) => secret).map(({ name }) => name);
}

/** Whether a value of that name may be shown: unknown names are judged by their words. */
export function isSecretName(name: string): boolean {
  return (
    variableByName(name)?.secret ??
    /KEY|SECRET|PASSW|PASSPHRASE|TOKEN|SALT|CREDENTIAL|LICENSE|(PASS|AUTH)$/i.test(name)
  );
}

/** What we set unless told otherwise, by name; generated values are not among it. */
export function ourDefaults(): Record<string, string> {
  return Object.fromEntries(
    VARIABLES.flatMap(({ name, ourDefault }) =>
      ourDefault === undefined ? [] : [[name, ourDefault]],
    ),
  );
}

/** `. Did you mean LAGO_API_URL?` for a name that is nearly one of Lago's, or nothing. */
export function suggestVariable(name: string): string {
  return didYouMean(name, [...BY_NAME.keys()]);
}

/**
 * `. Did you mean mail.smtpPort?` for a path that is nearly a setting, or nothing.
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
  // A field given without its group, or in another one.
  const last = path.split(".").at(-1);
  const same = paths.filter((one) => one.split(".").at(-1) === last);
  return same.length === 1 ? same[0] : undefined;
}

function parents(path: string): string[] {
  const parts = path.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}
