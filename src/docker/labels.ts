/** Labels of compose, and those of this project, on containers and volumes. */

/** Compose project that a container, volume or network belongs to. */
export const PROJECT_LABEL = "com.docker.compose.project";

/** Folder that relative paths in the compose files of a container start from. */
export const FOLDER_LABEL = "com.docker.compose.project.working_dir";

/** Compose files that a container was made from, with commas between them; `-` for standard input. */
export const FILES_LABEL = "com.docker.compose.project.config_files";

/** Files of `--env-file`, with commas between them. Absent where compose read the `.env` of the folder. */
export const ENV_FILES_LABEL = "com.docker.compose.project.environment_file";

/** Compose service of a container. */
export const SERVICE_LABEL = "com.docker.compose.service";

/** Number of a container among those of its service, from 1. */
export const NUMBER_LABEL = "com.docker.compose.container-number";

/** Compose's hash of the service that a container was made from; on every container of compose. */
export const CONFIG_HASH_LABEL = "com.docker.compose.config-hash";

/** Services that a container's service waits for, each as `SERVICE:CONDITION:RESTART`, with commas. */
export const DEPENDS_ON_LABEL = "com.docker.compose.depends_on";

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

/** Number of a container among those of its service, from 1; 1 where its labels tell none. */
export function containerNumber(labels: Readonly<Record<string, string>>): number {
  const number = Number(labels[NUMBER_LABEL]);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

/** A service that another one waits for. */
export interface AwaitedService {
  readonly name: string;
  /** Whether the other service waits until this one has ended with exit code 0. */
  readonly untilCompletion: boolean;
}

/** Services that the service of a container waits for. */
export function awaitedServices(labels: Readonly<Record<string, string>>): AwaitedService[] {
  return (labels[DEPENDS_ON_LABEL] ?? "").split(",").flatMap((dependency) => {
    const [name = "", condition] = dependency.split(":");
    const untilCompletion = condition === "service_completed_successfully";
    return name === "" ? [] : [{ name, untilCompletion }];
  });
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
