/** Compose projects on an engine, from its list of containers. Pure. */
import { roleOf } from "../compose/roles.ts";
import type { ListedContainer } from "../docker/engine-api.ts";
import {
  CONFIG_HASH_LABEL,
  ENV_FILES_LABEL,
  FILES_LABEL,
  FOLDER_LABEL,
  isOneOff,
  PROJECT_LABEL,
  SERVICE_LABEL,
} from "../docker/labels.ts";
import type { Role } from "../lago/catalogue/types.ts";

/** Name that compose gives to a file of its standard input, such as our generated override. */
const STANDARD_INPUT = "-";

/** A compose project with containers, and the places that compose made it from. */
export interface ComposeProjectOnEngine {
  readonly name: string;
  /** Folder that relative paths in the files start from; empty where no label tells. */
  readonly folder: string;
  /** Absolute paths of the compose files, later ones on top. */
  readonly files: readonly string[];
  /** Absolute paths of the files of `--env-file`. */
  readonly envFiles: readonly string[];
  /** Whether files alone made all containers, without the override that this program generates. */
  readonly isPlain: boolean;
  /** Sorted by name. */
  readonly services: readonly ServiceOnEngine[];
}

/** A service with containers. */
export interface ServiceOnEngine {
  readonly name: string;
  readonly image: string;
  /** Role in Lago; undefined for a service that is not Lago's. */
  readonly role: Role | undefined;
  /** Number of containers, and of those that run. */
  readonly containers: number;
  readonly running: number;
}

/** Lists the compose projects with containers of services, sorted by name. */
export function composeProjects(containers: readonly ListedContainer[]): ComposeProjectOnEngine[] {
  const ofServices = containers.filter(
    ({ Labels }) =>
      Labels?.[PROJECT_LABEL] !== undefined &&
      Labels[CONFIG_HASH_LABEL] !== undefined &&
      !isOneOff(Labels),
  );
  const byName = Map.groupBy(ofServices, (one) => labelOf(one, PROJECT_LABEL));
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => {
      // The engine lists the newest container first.
      const newest = own.find((one) => labelOf(one, FILES_LABEL) !== "") ?? own[0];
      const lists = own.map((one) => listIn(labelOf(one, FILES_LABEL)));
      return {
        name,
        folder: labelOf(newest, FOLDER_LABEL),
        files: listIn(labelOf(newest, FILES_LABEL)).filter((file) => file !== STANDARD_INPUT),
        envFiles: listIn(labelOf(newest, ENV_FILES_LABEL)),
        isPlain: lists.every((files) => !files.includes(STANDARD_INPUT)),
        services: servicesOf(own),
      };
    });
}

function servicesOf(containers: readonly ListedContainer[]): ServiceOnEngine[] {
  return [...Map.groupBy(containers, (one) => labelOf(one, SERVICE_LABEL))]
    .map(([name, own]) => {
      const { Image = "", Command = "" } = own[0] ?? {};
      return {
        name,
        image: Image,
        role: roleOf({ image: Image, command: Command }),
        containers: own.length,
        running: own.filter(({ State }) => State === "running").length,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function labelOf(container: ListedContainer | undefined, label: string): string {
  return container?.Labels?.[label] ?? "";
}

/** Compose puts commas between paths, and allows none in them. */
function listIn(text: string): string[] {
  return text.split(",").filter((one) => one !== "");
}
