import { DeployError, type DeployErrorKind } from "../errors.ts";
import type { Outcome } from "../pipeline/outcome.ts";
import type { StackOutcome } from "../stacks/context.ts";
import { zbl } from "../text/zbl.ts";
import { USAGE_EXIT_CODE, UsageError } from "./usage-error.ts";

/** Exit code of each kind of failure. 0 is success, 1 an unexpected error, 2 wrong usage. */
export const EXIT_CODES: Readonly<Record<DeployErrorKind, number>> = {
  InvalidConfig: 10,
  InvalidProjectName: 11,
  PathNotFound: 12,
  ComposeFileNotFound: 13,
  ComposeFileInvalid: 14,
  ServiceNotFound: 15,
  ProjectNotFound: 16,
  StackNotFound: 17,
  DockerNotAvailable: 20,
  DaemonUnreachable: 21,
  ComposeTooOld: 22,
  PluginNotFound: 23,
  NetworkNotFound: 24,
  VolumeNotFound: 25,
  MountFailed: 26,
  SubnetTaken: 27,
  CommandExecution: 30,
  CommandFailed: 31,
  ParseError: 32,
  ImageNotFound: 33,
  PortTaken: 34,
  DiskFull: 35,
  RegistryRateLimit: 36,
  NetworkFailed: 37,
  NotReady: 40,
  DeadlineExceeded: 41,
  KeysChanged: 42,
  CrashLoop: 43,
  MigrationFailed: 44,
  Locked: 45,
  VolumeChanged: 47,
  PostgresChanged: 48,
  UnsafeConfig: 50,
  Canceled: 130,
};

/** Exit code of `drift` and `pipeline drift` when they find drift. */
export const DRIFT_EXIT_CODE = 3;

/** Exit code of each outcome of a pipeline step, below those of errors. */
export const PIPELINE_EXIT_CODES: Readonly<Record<Outcome, number>> = {
  "no change": 0,
  deployed: 0,
  drift: DRIFT_EXIT_CODE,
  changes: 4,
  refused: 5,
  failed: 6,
};

/** Returns the exit code of an operation on a stack. */
export function exitCodeOfStack({ end, kind }: StackOutcome): number {
  if (end === "done") {
    return 0;
  }
  if (end === "unanswered") {
    return USAGE_EXIT_CODE;
  }
  const code = end === "canceled" ? EXIT_CODES.Canceled : PIPELINE_EXIT_CODES[end];
  return kind === undefined ? code : EXIT_CODES[kind];
}

/** Returns the exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) {
    return USAGE_EXIT_CODE;
  }
  return DeployError.isDeployError(error) ? EXIT_CODES[error.kind] : 1;
}

/** Lists all exit codes, as `exit-codes` prints them. */
export function exitCodeText(): string {
  const kinds = Object.entries(EXIT_CODES).map(
    ([kind, code]) => `  ${String(code).padEnd(3)} ${kind}`,
  );
  return [
    "Exit codes:",
    `  0   done`,
    `  1   unexpected error`,
    `  ${USAGE_EXIT_CODE}   wrong usage: the message says what to type`,
    `  ${DRIFT_EXIT_CODE}   drift found`,
    `  4 to 6: see \`${zbl("pipeline", "--help")}\``,
    ...kinds,
    "docs/trouble.md says of each kind what to do.",
  ].join("\n");
}
