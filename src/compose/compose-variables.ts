import { delimiter } from "node:path";

/** Settings of compose itself among the variables of its environment. */
export interface ComposeVariables {
  /** Compose files of `COMPOSE_FILE`; undefined without it. */
  readonly files: readonly string[] | undefined;
  /** Profiles of `COMPOSE_PROFILES`; undefined without it. */
  readonly profiles: readonly string[] | undefined;
  /** Name of `COMPOSE_PROJECT_NAME`; undefined without it. */
  readonly projectName: string | undefined;
}

/**
 * Reads the settings of compose from its environment. `COMPOSE_ENV_FILES` is none of them in a
 * `.env` file: compose looks for it before it reads one.
 */
export function composeVariables(
  environment: Readonly<Record<string, string | undefined>>,
): ComposeVariables {
  const value = (name: string) =>
    (Object.hasOwn(environment, name) ? environment[name] : "") || undefined;
  const separator = value("COMPOSE_PATH_SEPARATOR") ?? delimiter;
  return {
    files: value("COMPOSE_FILE")?.split(separator),
    profiles: listed(value("COMPOSE_PROFILES")),
    projectName: value("COMPOSE_PROJECT_NAME"),
  };
}

/** Splits a list at its commas. */
function listed(text: string | undefined): string[] | undefined {
  return text
    ?.split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
