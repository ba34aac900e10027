/** Names and forms of all settings that a stack's config may have. */

/** Form of a setting. Its text in the config is JSON where it is an object or a list. */
type Form = "text" | "number" | "boolean" | "object";

/** Settings that are arguments of a `LagoStack`. */
export const ARGUMENT_SETTINGS = {
  lagoPath: "text",
  projectName: "text",
  dockerHost: "text",
  dockerContext: "text",
  dockerCertPath: "text",
  composeFiles: "object",
  profiles: "object",
  ports: "object",
  version: "text",
  memoryLimits: "object",
  workers: "object",
  pullPolicy: "text",
  startTimeoutSeconds: "number",
  lockTimeoutSeconds: "number",
  logTail: "number",
  restartToken: "text",
  allowUnsafe: "object",
  allowKeyChange: "object",
  allowVolumeChange: "object",
  protect: "boolean",
  allowProjectRename: "text",
  allowHostChange: "text",
  removeVolumesOnDestroy: "text",
  settings: "object",
  environment: "object",
} as const satisfies Record<string, Form>;

/** Settings that its argument `config` has. */
export const CONFIG_SETTINGS = {
  apiUrl: "text",
  frontUrl: "text",
  disableSignup: "boolean",
  databaseUrl: "text",
  redisUrl: "text",
  secretKeyBase: "text",
  rsaPrivateKey: "text",
  apiKey: "text",
} as const satisfies Record<string, Form>;

/** All settings. */
export const STACK_SETTINGS = { ...ARGUMENT_SETTINGS, ...CONFIG_SETTINGS };

/** Name of a setting. */
export type StackSettingName = keyof typeof STACK_SETTINGS;

interface FormValues {
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly object: unknown;
}

/** The settings that a stack's config gives. */
export type StackSettings = {
  readonly [K in StackSettingName]?: FormValues[(typeof STACK_SETTINGS)[K]];
};

/** Whether a stack's config may have a setting of that name. */
export function isStackSetting(name: string): name is StackSettingName {
  return Object.hasOwn(STACK_SETTINGS, name);
}
