/** Where and how to log in to a deployment, as lines for a person. */
import { zbl } from "../../text/zbl.ts";
import type { StackLogin } from "./stack-login.ts";

/** The part of a login that everybody may see. */
export type PublicLogin = Pick<StackLogin, "url" | "email">;

/**
 * Tells where to log in, as whom, and the command that shows the password. Holds no secret.
 *
 * @param stack name of the stack
 */
export function loginLines({ url, email }: PublicLogin, stack: string): string[] {
  return [
    `Log in at ${url} as ${email}.`,
    `To show the password and the API key: ${zbl("login", stack, "--show-secrets")}`,
  ];
}

/** Formats a whole login, with its secrets, a line each. */
export function loginWithSecrets({ url, email, password, apiKey }: StackLogin): string[] {
  const lost = "not known: an earlier state of this stack had it";
  return [
    `URL       ${url}`,
    `E-mail    ${email}`,
    `Password  ${password ?? lost}`,
    `API key   ${apiKey ?? lost}`,
  ];
}
