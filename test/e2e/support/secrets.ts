/** The search for secrets where none may be. */
import { expect } from "vitest";
import { secretValues } from "../../../src/text/redact.ts";
import { must, type TestStack } from "./environment.ts";

/** Values that Lago's own file sets for everybody to see, and switches. */
const PUBLIC = new Set(["", "true", "false", "azerty123456"]);

/** Each form in which a secret could be written down. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), base64, JSON.stringify(secret).slice(1, -1)];
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
    expect(text.length, place).toBeGreaterThan(1_000);
    for (const form of secrets.flatMap(formsOf)) {
      expect(text.includes(form), `a secret of ${form.length} characters in the ${place}`).toBe(
        false,
      );
    }
  }
}
