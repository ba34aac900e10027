/** The settings that give the keys of a deployment. */
import type { KeySources } from "../../keys/message.ts";
import { variableByName } from "../../lago/catalogue/index.ts";
import { LAGO_KEYS } from "../../lago/lago-keys.ts";

/**
 * Names the setting that gives each key, in the order in which the values themselves are chosen.
 *
 * @param ofConfig variables of the given fields of `config`
 * @param settings variables that `settings` gives
 * @param environment variables that `environment` gives
 */
export function keySourcesOf(
  ofConfig: readonly string[],
  settings: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): KeySources {
  const sourceOf = (variable: string, field: string) =>
    environment[variable]
      ? `environment.${variable}`
      : settings[variable]
        ? `settings.${variableByName(variable)?.setting}`
        : ofConfig.includes(variable)
          ? field
          : undefined;
  const entries = LAGO_KEYS.flatMap(({ name, variables, setting }) => {
    const source = variables.map((variable) => sourceOf(variable, setting)).find(Boolean);
    return source === undefined ? [] : [[name, source] as const];
  });
  return Object.fromEntries(entries);
}
