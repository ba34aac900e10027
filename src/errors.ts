import { cleanText, shorten } from "./text/clean.ts";

/** Kinds of failures, a closed list to switch on. */
export const DEPLOY_ERROR_KINDS = [
  /** The Lago folder does not exist, or is not a folder. */
  "PathNotFound",
  /** The folder has no compose file, or a named compose file does not exist. */
  "ComposeFileNotFound",
  /** Compose cannot read a compose file, or a variable that it requires is not set. */
  "ComposeFileInvalid",
  /** A setting is missing, malformed or contradicts another; see `issues`. */
  "InvalidConfig",
  /** The deployment would not be safe, or a setting would have no effect; see `issues`. */
  "UnsafeConfig",
  /** The compose project name breaks compose's rules. */
  "InvalidProjectName",
  /** The docker program is not installed. */
  "DockerNotAvailable",
  /** Docker is installed, but its engine does not answer. */
  "DaemonUnreachable",
  /** Compose is missing or older than this library needs. */
  "ComposeTooOld",
  /** A process could not be started; see `cause`. */
  "CommandExecution",
  /** A process ended with an exit code other than 0; see `exitCode` and `stderr`. */
  "CommandFailed",
  /** The output of a program has an unexpected form. */
  "ParseError",
  /** An image is neither on the host nor in its registry, or the registry refuses it; see `image`. */
  "ImageNotFound",
  /** The image registry limits the rate of pulls. Retries failed too. */
  "RegistryRateLimit",
  /** The image registry, or the network on the way to it, failed. Retries failed too. */
  "NetworkFailed",
  /** The disk of the Docker engine is full. */
  "DiskFull",
  /** An external network does not exist; see `issues`. */
  "NetworkNotFound",
  /** An external volume does not exist; see `issues`. */
  "VolumeNotFound",
  /** The subnet of a network overlaps with another network, or the engine has none left. */
  "SubnetTaken",
  /** A path that a service mounts is missing on the engine's host, or cannot be mounted; see `issues`. */
  "MountFailed",
  /** The engine lacks a plugin of the files: a driver of a log, volume or network, or a runtime. */
  "PluginNotFound",
  /** A port is already in use, or the name of a container, of a network or on a shared network. */
  "PortTaken",
  /** The Docker engine has neither containers nor volumes of the project. */
  "ProjectNotFound",
  /** The deployment has no service of this name. */
  "ServiceNotFound",
  /** The Pulumi program has no stack of this name, or none is selected. */
  "StackNotFound",
  /** A service exited or is not healthy, or a one-shot other than the migration failed; see `service`. */
  "NotReady",
  /** A service keeps exiting after each restart; see `service`. */
  "CrashLoop",
  /** The migration of the database exited with a code other than 0; see `service`. */
  "MigrationFailed",
  /** The deadline passed. */
  "DeadlineExceeded",
  /** Another operation on the project did not end within `lockTimeoutSeconds`. */
  "Locked",
  /** The given keys or database password differ from those that the data was made with. */
  "KeysChanged",
  /** A volume differs from its definition, or would no longer be used, with its data; see `issues`. */
  "VolumeChanged",
  /** The image of the database is another major release of PostgreSQL than its data; see `issues`. */
  "PostgresChanged",
  /** The caller canceled the operation. */
  "Canceled",
] as const;

/** Kind of a {@link DeployError}. */
export type DeployErrorKind = (typeof DEPLOY_ERROR_KINDS)[number];

/** One invalid setting, with the path of its field. */
export interface ConfigIssue {
  /** Field, dotted where nested, such as `ports.api`. */
  readonly field: string;
  /** Problem and expectation; never the value of a secret. */
  readonly message: string;
}

/** Details of a {@link DeployError} beside its message. */
export interface DeployErrorDetails {
  readonly cause?: unknown;
  /** Exit code of the process that failed. */
  readonly exitCode?: number;
  /** Last part of the process's standard error, without control characters and secrets. */
  readonly stderr?: string;
  /** The failed service, if known. */
  readonly service?: string;
  /** The failed image, or the image of the failed service, such as `getlago/api:v1.50.0`, if known. */
  readonly image?: string;
  /** All invalid settings or volumes, each with its field. */
  readonly issues?: readonly ConfigIssue[];
}

/** Maximum size of a message in bytes. With the kind before it, an error is 8 KiB at most. */
const MAX_MESSAGE_BYTES = 8 * 1024 - 64;

const BRAND = Symbol.for("z-billing-lago.DeployError");

/**
 * A failed deployment. The message says what happened, to what, and what to do next. It holds no
 * secrets and no control characters. A message over 8 KiB is shortened in the middle.
 */
export class DeployError extends Error {
  readonly kind: DeployErrorKind;
  /** Exit code of the process that failed. */
  declare readonly exitCode: number | undefined;
  /** Last part of the process's standard error, without control characters and secrets. */
  declare readonly stderr: string | undefined;
  /** The failed service, if known. */
  declare readonly service: string | undefined;
  /** The failed image, or the image of the failed service, if known. */
  declare readonly image: string | undefined;
  /** All invalid settings or volumes, each with its field. Empty for other failures. */
  declare readonly issues: readonly ConfigIssue[];

  constructor(kind: DeployErrorKind, message: string, details: DeployErrorDetails = {}) {
    // Cleaned here for all errors: even the name of a process may hold control characters.
    const shown = shorten(cleanText(message), MAX_MESSAGE_BYTES);
    super(shown, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    const { exitCode, stderr, service, image, issues = [] } = details;
    for (const [name, value] of Object.entries({ exitCode, stderr, service, image, issues })) {
      // Node prints each enumerable field of an error that nobody catches, empty ones too.
      const enumerable = value !== undefined && (name !== "issues" || issues.length > 0);
      Object.defineProperty(this, name, { value, enumerable });
    }
    Object.defineProperty(this, BRAND, { value: true });
  }

  static {
    Object.defineProperty(DeployError.prototype, "name", { value: "DeployError" });
  }

  /** Whether `value` is a DeployError, from this or another copy of the package. */
  static isDeployError(value: unknown): value is DeployError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** Creates one error for all invalid settings, so that they are reported at once. */
export function invalidConfig(issues: readonly ConfigIssue[]): DeployError {
  const lines = issues.map((issue) => `  ${issue.field}: ${issue.message}`);
  const count = issues.length === 1 ? "1 setting is" : `${issues.length} settings are`;
  return new DeployError("InvalidConfig", `${count} not valid:\n${lines.join("\n")}`, { issues });
}

/**
 * Runs `work`. On a `DeployError` returns `otherwise(error)`; any other error is a bug and is rethrown.
 */
export async function onDeployError<T, U>(
  work: () => Promise<T>,
  otherwise: (failure: DeployError) => U | Promise<U>,
): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return await otherwise(error);
    }
    throw error;
  }
}

/** Runs `work` and returns the issues of its error; empty on success. */
export function issuesIn(work: () => unknown): readonly ConfigIssue[] {
  try {
    work();
    return [];
  } catch (error) {
    if (DeployError.isDeployError(error) && error.issues.length > 0) {
      return error.issues;
    }
    throw error;
  }
}
