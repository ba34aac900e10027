/** Hides secrets in what Pulumi says, which may quote what it was given. */
import { isSecretName } from "../lago/catalogue/index.ts";
import { runPulumi, type StackOptions } from "../pulumi/cli/run.ts";
import { type Redactor, redactorFor } from "../redaction/redact.ts";
import { tryJson } from "../text/json.ts";

/**
 * Hides the secrets of the pipeline's own environment, such as a passphrase or a cloud's keys, and
 * those of the stack's config. Only errors are worth the call of Pulumi that the second takes; where
 * that fails too, the config's secrets were not readable for Pulumi either.
 */
export async function errorRedactor(options: StackOptions): Promise<Redactor> {
  const own = environmentSecrets(options.environment);
  return redactorFor([...own, ...(await configSecrets(options))]);
}

/** The secrets among a pipeline's variables. */
export function environmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    // A file's name tells nothing of what it holds.
    value !== undefined && isSecretName(name) && !name.endsWith("_FILE") ? [value] : [],
  );
}

async function configSecrets(options: StackOptions): Promise<string[]> {
  try {
    // A wish to end the run must not keep its error from being made fit to be shown.
    const { signal, stack, ...rest } = options;
    const args = ["config", "--json", "--show-secrets", "--stack", stack];
    const result = await runPulumi(rest, args);
    return result.exitCode === 0 ? secretsIn(result.stdout) : [];
  } catch {
    return [];
  }
}

/** The secrets in what `pulumi config --json --show-secrets` prints. */
export function secretsIn(text: string): string[] {
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
