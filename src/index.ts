/** Lago, the open-source billing platform, deployed as code: the public names. */

export { type Finding, type RunDescription, runChecks, type Severity } from "./checks/index.ts";
export { deploy } from "./deployment/deploy.ts";
export { LagoDeployment } from "./deployment/lago-deployment.ts";
export type {
  CallOptions,
  LagoDeploymentOptions,
} from "./deployment/options.ts";
export { ComposeProject, type StopOptions } from "./deployment/project.ts";
export type { ProjectCalls } from "./deployment/project-calls.ts";
export {
  type ContainerStatus,
  type DeployStatus,
  ServiceStatus,
} from "./deployment/status.ts";
export type { EngineSettings } from "./docker/endpoint-settings.ts";
export {
  type ConfigIssue,
  DEPLOY_ERROR_KINDS,
  DeployError,
  type DeployErrorDetails,
  type DeployErrorKind,
} from "./errors.ts";
export { newKeys } from "./keys/new-keys.ts";
export {
  type LagoSettings,
  type SettingsEnvironment,
  settingsToEnvironment,
} from "./lago/catalogue/index.ts";
export { LagoConfig, type LagoConfigInput } from "./lago/config/lago-config.ts";
export {
  GUARDED_KEY_NAMES,
  KEY_NAMES,
  type KeyName,
  type KeyValues,
  keyVariables,
} from "./lago/lago-keys.ts";
export type { WorkerPoolName, WorkerSettings, WorkersSettings } from "./lago/pools.ts";
export type { PublishedPorts } from "./ports/claims.ts";
export type { Progress, ProgressListener } from "./progress.ts";
export type {
  LagoStackArgs,
  LagoStackConfig,
  LagoStackOrganization,
  LagoStackPorts,
  LagoStackWorker,
  LagoStackWorkers,
  SettingsInput,
} from "./pulumi/stack/args.ts";
export { lagoArgsFromConfig } from "./pulumi/stack/args-from-config.ts";
export { LagoStack } from "./pulumi/stack/lago-stack.ts";
export type {
  LagoLoginOutput,
  LagoPortsOutput,
  LagoProxyOutput,
  LagoServiceOutput,
} from "./pulumi/stack/output-types.ts";
export type { PullPolicy } from "./spec/pull-policy.ts";
export type { DeploymentSettings } from "./spec/settings.ts";
export type { WantedPorts } from "./spec/wanted-ports.ts";
