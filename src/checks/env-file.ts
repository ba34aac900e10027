import { parseEnv } from "node:util";
import { invalidConfig } from "../errors.ts";
import type { Finding } from "./types.ts";

/** Contents of a `.env` file. */
export interface EnvFile {
  readonly variables: Record<string, string>;
  /** Findings about values that compose reads differently from how they look. */
  readonly findings: readonly Finding[];
}

/**
 * Parses the bytes of a `.env` file.
 *
 * @throws DeployError of kind `InvalidConfig` when they are not UTF-8
 */
export function readEnvFile(bytes: Uint8Array, name: string): EnvFile {
  const text = decode(bytes, name);
  const variables = parseEnv(text) as Record<string, string>;
  // Compose interpolates $NAME in a .env file, unless the value is in single quotes.
  const withDollar = [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?!')[^\n]*\$/gm)];
  const findings = withDollar.map(
    ([, field = ""]): Finding => ({
      id: "env-file-dollar",
      severity: "error",
      field,
      reason: "has a $ that compose takes for the beginning of a variable's name and leaves out",
      remedy: "put the value in single quotes",
      unsafeName: `env-file-dollar:${field}`,
    }),
  );
  return { variables, findings };
}

function decode(bytes: Uint8Array, name: string): string {
  let text = "\0";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Reported below, together with UTF-16, whose ASCII letters contain NUL bytes.
  }
  if (text.includes("\0")) {
    throw invalidConfig([
      {
        field: name,
        message: "is not UTF-8, as when Windows saves it as Unicode; save it as UTF-8",
      },
    ]);
  }
  return text;
}
