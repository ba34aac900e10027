import { cleanText, shorten } from "./text/clean.ts";

/** What went wrong, as a closed list to switch on. */
export const DEPLOY_ERROR_KINDS = [
  /** The Lago folder does not exist or is no folder. */
  "PathNotFound",
  /** The folder holds no compose file, or a named one is not there. */
  "ComposeFileNotFound",
  /** Compose cannot read a compose file, or a variable that it requires is not set. */
  "ComposeFileInvalid",
  /** A setting is missing, malformed or contradicts another; see `issues`. */
  "InvalidConfig",
  /** What is to run is not safe, or a setting would have no effect; see `issues`. */
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
  /** The output of a program was not of the form that was expected. */
  "ParseError",
  /** An image is neither on the host nor in its registry, or the registry refuses it; see `image`. */
  "ImageNotFound",
  /** The image registry takes no more pulls for now. A pull was tried again before. */
  "RegistryRateLimit",
  /** The image registry, or the network on the way to it, failed. A pull was tried again before. */
  "NetworkFailed",
  /** The disk of the Docker engine is full. */
  "DiskFull",
  /** A port, or the name of a container or network, is held by something else. */
  "PortTaken",
  /** No such service in the deployment. */
  "ServiceNotFound",
  /** A service ended or is not healthy, or a one-shot other than the migration failed; see `service`. */
  "NotReady",
  /** A service ends again and again, although it is restarted each time; see `service`. */
  "CrashLoop",
  /** The migration of the database ended with another exit code than 0; see `service`. */
  "MigrationFailed",
  /** The deadline passed. */
  "DeadlineExceeded",
  /** Another operation is at work on the same project, and did not end within `lockTimeoutSeconds`. */
  "Locked",
  /** The data was made with other keys or another database password than are given now. */
  "KeysChanged",
  /** A volume is not as the files define it, or would fall out of use with its data; see `issues`. */
  "VolumeChanged",
  /** The caller cancelled. */
  "Canceled",
] as const;

/** One of the kinds of {@link DeployError}. */
export type DeployErrorKind = (typeof DEPLOY_ERROR_KINDS)[number];

/** One fault of a setting, with the path of the field that has it. */
export interface ConfigIssue {
  /** Field, dotted where nested, such as `ports.api`. */
  readonly field: string;
  /** What is wrong and what is expected; never the value of a secret. */
  readonly message: string;
}

/** What a {@link DeployError} carries beside its message. */
export interface DeployErrorDetails {
  readonly cause?: unknown;
  /** Exit code of the process that failed. */
  readonly exitCode?: number;
  /** Last part of the process's standard error, cleaned and redacted. */
  readonly stderr?: string;
  /** The service at fault, where one is known. */
  readonly service?: string;
  /** The image at fault or of the service at fault, where one is known, such as `getlago/api:v1.50.0`. */
  readonly image?: string;
  /** All faults of the settings or volumes, each with its field. */
  readonly issues?: readonly ConfigIssue[];
}

/** Most bytes of a message. With the kind before it, an error is 8 KiB at most. */
const MAX_MESSAGE_BYTES = 8 * 1024 - 64;

const BRAND = Symbol.for("z-billing-lago.DeployError");

/**
 * A deployment that failed. The message says what happened, to what, and what to do next, and
 * carries no secret and nothing that a terminal takes for a command. It is shown whole up to 8 KiB;
 * of a longer one the middle is left out.
 */
export class DeployError extends Error {
  readonly kind: DeployErrorKind;
  readonly exitCode: number | undefined;
  readonly stderr: string | undefined;
  readonly service: string | undefined;
  readonly image: string | undefined;
  readonly issues: readonly ConfigIssue[];

  constructor(kind: DeployErrorKind, message: string, details: DeployErrorDetails = {}) {
    // Cleaned here once for all: the name of a process, too, may hold commands to a terminal.
    const shown = shorten(cleanText(message), MAX_MESSAGE_BYTES);
    super(shown, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.exitCode = details.exitCode;
    this.stderr = details.stderr;
    this.service = details.service;
    this.image = details.image;
    this.issues = details.issues ?? [];
    Object.defineProperty(this, BRAND, { value: true });
  }

  static {
    Object.defineProperty(DeployError.prototype, "name", { value: "DeployError" });
  }

  /** Whether `value` is a DeployError, also one of another copy of this package. */
  static isDeployError(value: unknown): value is DeployError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** One error for all faults of the settings, so that nobody has to find them one by one. */
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

/** Runs `work` and returns the faults of settings that it is refused for; none where it succeeds. */
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
