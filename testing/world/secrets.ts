/** Secrets that exist only where a trial has put them. */
import { randomBytes } from "node:crypto";
import { newSecrets } from "../secrets.ts";

/** Generates secrets of a deployment, for each trial. */
export function canarySecrets(): Record<string, string> {
  return {
    ...newSecrets(),
    // The raw, JSON-escaped, URL-encoded and base64 forms all differ.
    LAGO_SMTP_PASSWORD: `${randomBytes(16).toString("hex")} "$&/#%\\ü`,
  };
}
