/** Deployments of plain compose that a first, empty start may be confused with. Pure. */
import { hasApi } from "../compose/service-roles.ts";
import type { ComposeProjectOnEngine } from "../observe/compose-projects.ts";
import type { FoundVolume } from "../observe/found-volumes.ts";
import { zbl } from "../text/zbl.ts";
import type { DataRisk } from "./types.ts";

/** A deployment that would start now, and its engine. */
export interface FirstStart {
  readonly project: string;
  /** Absolute paths of the compose files. */
  readonly files: readonly string[];
  /** Name that plain compose gives the project of these files; undefined for the bundled file. */
  readonly nameOfCompose: string | undefined;
  /** Whether somebody chose the name, and so a deployment of its own. */
  readonly isNameChosen: boolean;
  /** Names of the risks for data that are accepted. */
  readonly acceptedRisks: ReadonlySet<string>;
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack: string | undefined;
  /** Compose projects on the engine. */
  readonly projects: readonly ComposeProjectOnEngine[];
  /** Volumes on the engine. */
  readonly volumes: readonly FoundVolume[];
}

/** Deployments of plain compose beside a first start. */
export interface Neighbours {
  /** Deployments of the same files or name, which was probably meant: a start would look like a loss. */
  readonly risks: readonly DataRisk[];
  /** Other deployments, each as a sentence. */
  readonly notes: readonly string[];
}

const NONE: Neighbours = { risks: [], notes: [] };

/**
 * Finds deployments of Lago that plain compose made, for a project that begins without containers and
 * without data. An explicit name says that another deployment is meant.
 */
export function neighboursOf(start: FirstStart): Neighbours {
  const { project, projects, volumes, nameOfCompose, isNameChosen, acceptedRisks } = start;
  const isThere =
    projects.some(({ name }) => name === project) ||
    volumes.some((one) => one.project === project && !one.holdsFingerprints);
  if (isThere) {
    return NONE;
  }
  const ours = new Set(
    volumes.filter(({ holdsFingerprints }) => holdsFingerprints).map((one) => one.project),
  );
  const plain = projects.filter(
    (one) => one.isPlain && hasApi(one.services) && !ours.has(one.name),
  );
  const isMeant = (one: ComposeProjectOnEngine) =>
    one.name === nameOfCompose || one.files.some((file) => start.files.includes(file));
  const isRisk = (one: ComposeProjectOnEngine) => isMeant(one) && !isNameChosen;
  return {
    risks: plain.filter(isRisk).map((one) => {
      const name = `empty-beside:${one.name}`;
      return {
        name,
        subject: one.name,
        message: `project ${project} would begin EMPTY, beside project ${one.name}, which plain docker compose made ${isSameFile(start, one) ? "of the same file" : "under the name of these files"} (${countsOf(one, volumes)}). To take that one over with its data instead: ${adoptCommand(one.name, start.stack)}`,
        accepted: acceptedRisks.has(name),
      };
    }),
    notes: plain
      .filter((one) => !isRisk(one))
      .map(
        (one) =>
          `project ${project} begins empty. Plain docker compose has made a Lago here as project ${one.name} (${countsOf(one, volumes)}). To take that one over instead: ${adoptCommand(one.name, start.stack)}`,
      ),
  };
}

/** Command that takes a deployment of plain compose over. */
export function adoptCommand(project: string, stack: string | undefined): string {
  const of = stack === undefined ? [] : ["--stack", stack];
  return zbl("adopt", "--project", project, ...of);
}

function isSameFile({ files }: FirstStart, one: ComposeProjectOnEngine): boolean {
  return one.files.some((file) => files.includes(file));
}

function countsOf(
  { name, services }: ComposeProjectOnEngine,
  volumes: readonly FoundVolume[],
): string {
  const running = services.filter((one) => one.running > 0).length;
  const count = volumes.filter(({ project }) => project === name).length;
  return `${running} of ${services.length} services run, ${count} ${count === 1 ? "volume" : "volumes"}`;
}
