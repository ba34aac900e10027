/** Lago's variables as data, the settings derived from them, and conversions between the two. */
export {
  isSecretName,
  packageDefaults,
  secretNames,
  suggestSetting,
  suggestVariable,
  VARIABLES,
  variableByName,
  variableBySetting,
} from "./catalogue.ts";
export { type SettingsEnvironment, settingsToEnvironment, settingsWithin } from "./environment.ts";
export type { LagoSettings } from "./settings.ts";
export type { Change, Effect, LagoVariable, Role, VariableType } from "./types.ts";
