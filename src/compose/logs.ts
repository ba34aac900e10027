import { DeployError, invalidConfig } from "../errors.ts";

/** Selects lines of a project's logs. */
export interface LogSelection {
  /** Names of services; an empty list means all. */
  readonly services: readonly string[];
  /** Number of lines of each container, counted from the end, 0 or more. */
  readonly tail: number;
  /** Start of the selection: a time such as `2026-01-31T12:00:00Z`, or an age such as `10m`. */
  readonly since?: string | undefined;
}

/** Times that docker accepts: a date with or without a time, seconds since 1970, or a duration. */
const TIME =
  /^(\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?|\d+(\.\d+)?|(\d+(\.\d+)?(ms|s|m|h))+)$/;

/**
 * Arguments of `docker compose` for a selection of log lines.
 *
 * @throws DeployError of kind `InvalidConfig`
 */
export function logArguments({ services, tail, since }: LogSelection): string[] {
  if (!Number.isSafeInteger(tail) || tail < 0) {
    throw new DeployError(
      "InvalidConfig",
      `The number of log lines must be a whole number, 0 or more; got ${tail}.`,
    );
  }
  requireTime("since", since);
  return [
    "logs",
    "--no-color",
    `--tail=${tail}`,
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...serviceArguments(services),
  ];
}

/** @throws DeployError of kind `InvalidConfig` where docker would take a text for no time */
export function requireTime(field: string, time: string | undefined): void {
  if (time !== undefined && !TIME.test(time)) {
    const message =
      "expected how long ago, such as 10m or 2h, or a time such as 2026-01-31T12:00:00Z";
    throw invalidConfig([{ field, message }]);
  }
}

/** Arguments for services, behind `--` so that no name is read as an option. */
export function serviceArguments(services: readonly string[]): string[] {
  return services.length === 0 ? [] : ["--", ...services];
}
