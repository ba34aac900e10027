/** Names of one-shots in Lago's files that no other service waits for. */
const KNOWN_ONE_SHOTS = new Set(["migrate", "rsa-keys"]);

/** Whether a service of this name is a one-shot of Lago's files. */
export function isKnownOneShot(service: string): boolean {
  return KNOWN_ONE_SHOTS.has(service);
}
