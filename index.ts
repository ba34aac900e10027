import { Config, getStack } from "@pulumi/pulumi";
import { type LagoSettings, LagoStack, type LagoStackArgs } from "z-billing-lago";

// Pulumi takes a stack trace for each of its promises and translates it, for a tenth of a run's time.
// Where Node strips the types itself, each line stands where it stood, and there is nothing to translate.
Reflect.deleteProperty(Error, "prepareStackTrace");

const config = new Config();

/** One Lago deployment, as the stack's config describes it. */
const args: LagoStackArgs = {
  lagoPath: config.get("lagoPath"),
  projectName: config.get("projectName") ?? `lago-${getStack()}`,
  dockerHost: config.get("dockerHost"),
  dockerContext: config.get("dockerContext"),
  dockerCertPath: config.get("dockerCertPath"),
  composeFiles: config.getObject<string[]>("composeFiles"),
  profiles: config.getObject<string[]>("profiles"),
  ports: config.getObject<LagoStackArgs["ports"]>("ports"),
  version: config.get("version"),
  memoryLimits: config.getObject<Record<string, string>>("memoryLimits"),
  workers: config.getObject<LagoStackArgs["workers"]>("workers"),
  pullPolicy: config.get("pullPolicy"),
  startTimeoutSeconds: config.getNumber("startTimeoutSeconds"),
  lockTimeoutSeconds: config.getNumber("lockTimeoutSeconds"),
  logTail: config.getNumber("logTail"),
  restartToken: config.get("restartToken"),
  allowUnsafe: config.getObject<string[]>("allowUnsafe"),
  allowKeyChange: config.getObject<string[]>("allowKeyChange"),
  allowVolumeChange: config.getObject<string[]>("allowVolumeChange"),
  protect: config.getBoolean("protect"),
  allowProjectRename: config.get("allowProjectRename"),
  allowHostChange: config.get("allowHostChange"),
  removeVolumesOnDestroy: config.get("removeVolumesOnDestroy"),
  settings: config.getSecretObject<LagoSettings>("settings"),
  environment: config.getSecretObject<Record<string, string>>("environment"),
  config: {
    apiUrl: config.get("apiUrl"),
    frontUrl: config.get("frontUrl"),
    disableSignup: config.getBoolean("disableSignup"),
    databaseUrl: config.getSecret("databaseUrl"),
    redisUrl: config.getSecret("redisUrl"),
    secretKeyBase: config.getSecret("secretKeyBase"),
    rsaPrivateKey: config.getSecret("rsaPrivateKey"),
    apiKey: config.getSecret("apiKey"),
  },
};

const lago = new LagoStack("lago", args);

export const running = lago.running;
export const services = lago.services;
export const logs = lago.logs;
export const apiUrl = lago.apiUrl;
export const frontUrl = lago.frontUrl;
export const ports = lago.ports;
export const projectName = lago.projectName;
export const keys = lago.keys;
