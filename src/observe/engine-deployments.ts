/** Deployments of Lago on an engine, from its lists of containers and volumes. Pure. */
import type { ListedContainer } from "../docker/engine-api.ts";
import { CONFIG_HASH_LABEL, isOneOff, PROJECT_LABEL, SERVICE_LABEL } from "../docker/labels.ts";
import type { FoundVolume } from "./found-volumes.ts";

/** A deployment of Lago on an engine. */
export interface EngineDeployment {
  /** Compose project of the deployment. */
  readonly project: string;
  /** Number of services that have containers, without one-shots that have completed. */
  readonly services: number;
  /** Number of those services of which a container runs. */
  readonly running: number;
  /** Tag of the image of Lago's api, such as `v1.50.0`; empty where no container has one. */
  readonly release: string;
  /** Number of volumes with data. */
  readonly volumes: number;
}

/** An image of Lago's, also in a mirror of its registry. */
const LAGO_IMAGE = /(^|\/)(getlago\/|lago-)/;

/** The image of Lago's api. */
const API_IMAGE = /(^|\/)getlago\/api:([^@]+)/;

/**
 * Lists the compose projects that are deployments of Lago, sorted by name: those with a container of
 * Lago's images, and those whose volumes have the key fingerprints of this program.
 */
export function engineDeployments(
  containers: readonly ListedContainer[],
  volumes: readonly FoundVolume[],
): EngineDeployment[] {
  const ofServices = containers.filter(
    ({ Labels }) => Labels?.[CONFIG_HASH_LABEL] !== undefined && !isOneOff(Labels),
  );
  const names = new Set([
    ...ofServices.filter(({ Image = "" }) => LAGO_IMAGE.test(Image)).map(projectOf),
    ...volumes.filter(({ holdsFingerprints }) => holdsFingerprints).map(({ project }) => project),
  ]);
  return [...names]
    .filter((name) => name !== "")
    .sort()
    .map((project) => {
      const own = ofServices.filter((one) => projectOf(one) === project && !hasCompleted(one));
      const services = (list: readonly ListedContainer[]) =>
        new Set(list.map(({ Labels }) => Labels?.[SERVICE_LABEL])).size;
      return {
        project,
        services: services(own),
        running: services(own.filter(({ State }) => State === "running")),
        release: own.map(({ Image = "" }) => API_IMAGE.exec(Image)?.[2] ?? "").find(Boolean) ?? "",
        volumes: volumes.filter((one) => one.project === project && !one.holdsFingerprints).length,
      };
    });
}

/** The engine's list shows an exit code only in its text for people. */
function hasCompleted({ State, Status = "" }: ListedContainer): boolean {
  return State === "exited" && Status.startsWith("Exited (0)");
}

function projectOf({ Labels }: ListedContainer): string {
  return Labels?.[PROJECT_LABEL] ?? "";
}
