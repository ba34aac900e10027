/** Lago, the open-source billing platform, deployed as code: the public names. */
export {
  type LagoSettings,
  type SettingsEnvironment,
  settingsToEnvironment,
} from "./catalogue/index.ts";
export { type Finding, type RunDescription, runChecks, type Severity } from "./checks/index.ts";
export { LagoConfig, type LagoConfigInput } from "./config/lago-config.ts";
export { deploy } from "./deployment/deploy.ts";
export { LagoDeployment } from "./deployment/lago-deployment.ts";
export type {
  CallOptions,
  LagoDeploymentOptions,
  Progress,
  ProgressListener,
  PullPolicy,
} from "./deployment/options.ts";
export { ComposeProject, type StopOptions } from "./deployment/project.ts";
export type { ProjectCalls } from "./deployment/project-calls.ts";
export {
  type ContainerStatus,
  type DeployStatus,
  ServiceStatus,
} from "./deployment/status.ts";
export type { EngineSettings } from "./engine/settings.ts";
export {
  type ConfigIssue,
  DEPLOY_ERROR_KINDS,
  DeployError,
  type DeployErrorDetails,
  type DeployErrorKind,
} from "./errors.ts";
export { GUARDED_KEY_NAMES, KEY_NAMES, type KeyName, type KeyValues } from "./keys/lago-keys.ts";
export type { WantedPorts } from "./ports/choose.ts";
export type { PublishedPorts } from "./ports/claims.ts";
export type {
  LagoStackArgs,
  LagoStackConfig,
  LagoStackPorts,
  LagoStackWorker,
  LagoStackWorkers,
  SettingsInput,
} from "./stack/args.ts";
export { stackArgsFromConfig } from "./stack/args-from-config.ts";
export { LagoStack } from "./stack/lago-stack.ts";
export type { LagoPortsOutput, LagoServiceOutput } from "./stack/outputs.ts";
export type { WorkerPoolName, WorkerSettings, WorkersSettings } from "./workers/pools.ts";
