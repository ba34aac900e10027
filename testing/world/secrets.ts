/** Secrets that stand nowhere but where a trial has put them. */
import { randomBytes } from "node:crypto";
import { newSecrets } from "../secrets.ts";

/** Secrets of a deployment, made anew for each trial. */
export function canarySecrets(): Record<string, string> {
  return {
    ...newSecrets(),
    // Every form of it differs from every other: raw, JSON-escaped, URL-encoded and in base64.
    LAGO_SMTP_PASSWORD: `${randomBytes(16).toString("hex")} "$&/#%\\ü`,
  };
}
