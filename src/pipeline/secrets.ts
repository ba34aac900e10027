/** Secrets that Pulumi's messages may quote. */
import { isSecretName } from "../lago/catalogue/index.ts";
import { runPulumi, type StackOptions } from "../pulumi/cli/run.ts";
import { type Redactor, redactorFor } from "../redaction/redact.ts";
import { tryJson } from "../text/json.ts";
import { plainError } from "./refusal.ts";

/**
 * Makes a redactor for errors. It hides the secrets of the pipeline's own environment, such as a
 * passphrase or a cloud's keys, and those of the stack's config. Reading the config takes a run of
 * Pulumi; when that fails, Pulumi could not read the secrets before either.
 */
export async function errorRedactor(options: StackOptions): Promise<Redactor> {
  const own = environmentSecrets(options.environment);
  return redactorFor([...own, ...(await configSecrets(options))]);
}

/** Formats errors for a person: each once, without secrets and what Pulumi puts in front. */
export async function shownErrors(
  options: StackOptions,
  errors: readonly string[],
): Promise<string[]> {
  if (errors.length === 0) {
    return [];
  }
  const redact = await errorRedactor(options);
  return [...new Set(errors.map(plainError))].map(redact);
}

/** Selects the secrets from a pipeline's environment. */
export function environmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    // The name of a file is no secret.
    value !== undefined && isSecretName(name) && !name.endsWith("_FILE") ? [value] : [],
  );
}

async function configSecrets(options: StackOptions): Promise<string[]> {
  try {
    // The signal that ended the run must not end the redaction of its error.
    const { signal, stack, ...rest } = options;
    const args = ["config", "--json", "--show-secrets", "--stack", stack];
    const result = await runPulumi(rest, args);
    return result.exitCode === 0 ? configSecretsIn(result.stdout) : [];
  } catch {
    return [];
  }
}

/** Selects the secrets from the output of `pulumi config --json --show-secrets`. */
export function configSecretsIn(text: string): string[] {
  const entries = Object.values((tryJson(text) ?? {}) as Record<string, ConfigEntry>);
  return entries
    .filter(({ secret }) => secret === true)
    .flatMap(({ value, objectValue }) => [
      ...(value === undefined ? [] : [value]),
      ...textsIn(objectValue),
    ]);
}

interface ConfigEntry {
  readonly value?: string;
  readonly objectValue?: unknown;
  readonly secret?: boolean;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
