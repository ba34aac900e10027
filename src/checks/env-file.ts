import { parseEnv } from "node:util";
import { invalidConfig } from "../errors.ts";
import type { Finding } from "./types.ts";

/** What a `.env` file says. */
export interface EnvFile {
  readonly variables: Record<string, string>;
  /** Values that compose will read in another way than they look. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the bytes of a `.env` file.
 *
 * @throws DeployError of kind `InvalidConfig` when it is no UTF-8
 */
export function readEnvFile(bytes: Uint8Array, name: string): EnvFile {
  const text = decode(bytes, name);
  const variables = parseEnv(text) as Record<string, string>;
  // Compose fills in $NAME in a .env file, unless the value stands in single quotes.
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
    // Told below, together with text of two bytes a letter.
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
