/** The search for secrets where none may be. */
import { expect } from "vitest";
import { secretValues } from "../../../src/lago/secret-settings.ts";
import { must, type TestStack } from "../../../testing/stack.ts";

/** Values that Lago's own file sets for everybody to see, and switches. */
export const PUBLIC = new Set(["", "true", "false", "azerty123456"]);

/** Each form in which a secret could be written down. */
export function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), base64, JSON.stringify(secret).slice(1, -1)];
}

/** So many characters of a secret, in a row, are a piece of it. */
const PIECE = 8;

/**
 * The pieces of secrets that stand in a text, raw or in base64. Of the head of a key file, which
 * everybody knows, nothing counts.
 */
export function piecesIn(text: string, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const body = secret.replace(/-----[A-Z ]+-----/g, "");
    const shifted = [0, 1, 2].map((n) => Buffer.concat([Buffer.alloc(n), Buffer.from(body)]));
    return [body, ...shifted.map((bytes) => bytes.toString("base64").slice(4, -4))];
  });
  const pieces = new Set<string>();
  for (const form of forms) {
    for (let start = 0; start + PIECE <= form.length; start += 1) {
      const piece = form.slice(start, start + PIECE);
      if (/[A-Za-z0-9]{4}/.test(piece) && text.includes(piece)) {
        pieces.add(piece);
      }
    }
  }
  return [...pieces];
}

/** Asserts that a long text holds none of the secrets in any form, but for what is public anyway. */
export function expectNoneOf(secrets: Iterable<string>, text: string, place: string): void {
  expect(text.length, place).toBeGreaterThan(1_000);
  for (const secret of [...secrets].filter((value) => !PUBLIC.has(value))) {
    for (const form of formsOf(secret)) {
      expect(text.includes(form), `a secret of ${form.length} characters in the ${place}`).toBe(
        false,
      );
    }
  }
}

/** Asserts that no secret of a container's environment was printed or stands in the state. */
export async function expectNoSecret(
  stack: TestStack,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const secrets = secretValues(environment).filter((value) => !PUBLIC.has(value));
  // An empty search would find nothing.
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  const state = must(
    await stack.workspace.pulumi(["stack", "export", "--stack", stack.stack]),
  ).stdout;
  const places = { console: stack.printed(), state };
  for (const [place, text] of Object.entries(places)) {
    expectNoneOf(secrets, text, place);
  }
}
