/** Labels of compose, and those of this project, on containers and volumes. */

/** Compose project that a container, volume or network belongs to. */
export const PROJECT_LABEL = "com.docker.compose.project";

/** Compose service of a container. */
export const SERVICE_LABEL = "com.docker.compose.service";

/** Number of a container among those of its service, from 1. */
export const NUMBER_LABEL = "com.docker.compose.container-number";

/** Compose's hash of the service that a container was made from; on every container of compose. */
export const CONFIG_HASH_LABEL = "com.docker.compose.config-hash";

/** `True` on a container of `docker compose run`. */
export const ONE_OFF_LABEL = "com.docker.compose.oneoff";

/** Key of a volume in the compose files. */
export const VOLUME_LABEL = "com.docker.compose.volume";

/** Fingerprints of the keys that the data of a project was made with, on a volume of their own. */
export const KEYS_LABEL = "z-billing-lago.keys";

/** First part of the key of each volume that has {@link KEYS_LABEL}. */
export const KEYS_VOLUME = "z-billing-lago-keys";

/** Whether a container with these labels is one of `docker compose run`. */
export function isOneOff(labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return labels?.[ONE_OFF_LABEL] === "True";
}

/**
 * Whether a container runs a service: compose made it, as its label shows, and not for
 * `docker compose run`.
 */
export function isOfService({
  labels,
}: {
  readonly labels: Readonly<Record<string, string>>;
}): boolean {
  return CONFIG_HASH_LABEL in labels && !isOneOff(labels);
}
