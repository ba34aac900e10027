/** A real Docker daemon, with stand-ins if Lago's images are not available. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import {
  containersOf,
  docker,
  type Inspected,
  networksOf,
  removeProject,
  volumesOf,
} from "../docker.ts";
import { COMPILE_CACHE } from "../folders.ts";
import { freePort } from "../ports.ts";
import { findPulumi } from "../pulumi.ts";
import { type ComposeDocument, ComposeFile, lagoDocument } from "./compose-file.ts";
import { standingOf, unreachedServices } from "./containers.ts";
import { holdsData, newProjectName } from "./names.ts";
import { canarySecrets } from "./secrets.ts";
import type { World } from "./world.ts";

/** Folder of the volume of stored files. */
const MARKER_FOLDER = "/app/storage";

/** A {@link World} with real containers. */
export interface DaemonWorld extends World {
  /** Returns the project's containers by service. */
  containers(): Promise<Map<string, Inspected>>;
  /** Lists the project's volumes, sorted. */
  volumes(): Promise<string[]>;
}

/** Creates a world with real containers. */
export async function createDaemonWorld(
  prepare: (document: ComposeDocument) => void,
): Promise<DaemonWorld> {
  const project = newProjectName();
  const folder = await mkdtemp(join(tmpdir(), "zbl-test-faults-"));
  const [composeFolder, temporaryFolder] = [join(folder, project), join(folder, "tmp")];
  const lockFolder = join(folder, "locks");
  await mkdir(composeFolder);
  await mkdir(temporaryFolder);
  const document = lagoDocument();
  prepare(document);
  const compose = new ComposeFile(composeFolder, document);
  await compose.write();
  const inherited = inheritedEnvironment();
  const path = [dirname(findPulumi()), dirname(process.execPath), inherited.PATH ?? ""];
  const marker = `zbl-${randomBytes(8).toString("hex")}`;
  let marked: readonly string[] | undefined;
  const containers = () => containersOf(project);
  const anonymous = new Set<string>();
  const idOf = async (service: string) => (await containers()).get(service)?.Id ?? "missing";
  const query = async (statement: string) =>
    docker(
      ...["exec", await idOf("db"), "psql", "-U", "lago", "-d", "lago", "-v", "ON_ERROR_STOP=1"],
      ...["-Atc", statement],
    );
  return {
    level: "D",
    project,
    folder,
    composeFolder,
    compose,
    temporaryFolder,
    lockFolder,
    environment: {
      ...inherited,
      PATH: path.join(delimiter),
      HOME: homedir(),
      TMPDIR: temporaryFolder,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      [LOCK_FOLDER_VARIABLE]: lockFolder,
    },
    secrets: canarySecrets(),
    ports: { api: await freePort(), front: await freePort() },
    containers,
    volumes: () => volumesOf(project),
    heal: async () => {},
    unreached: async ({ environment }, changed) => {
      const seen = await containers();
      await noteAnonymousVolumes(seen, anonymous);
      return unreachedServices(compose.document, seen, environment, changed);
    },
    remains: async () => {
      const [seen, networks] = [await containers(), await networksOf(project)];
      const volumes = await Promise.all([...anonymous].map(isThere));
      return [
        ...[...seen.keys()].map((service) => `a container of ${service}`),
        ...networks.map((network) => `network ${network}`),
        ...volumes.filter((name) => name !== "").map((name) => `volume ${name} without a name`),
      ];
    },
    standing: async () => standingOf(await containers(), compose.oneShots),
    writeData: async () => {
      if (marked === undefined) {
        await query(
          `create table "${marker}" (word text); insert into "${marker}" values ('kept')`,
        );
        await docker("exec", await idOf("api"), "touch", `${MARKER_FOLDER}/${marker}`);
        marked = (await volumesOf(project)).filter(holdsData);
      }
    },
    lostData: async () => {
      if (marked === undefined) {
        return [];
      }
      const volumes = await volumesOf(project);
      const lost = marked.filter((name) => !volumes.includes(name)).map((name) => `volume ${name}`);
      if ((await containers()).size === 0) {
        return lost;
      }
      const row = await query(`select word from "${marker}"`).catch(() => "");
      const api = await idOf("api");
      const file = await docker("exec", api, "ls", `${MARKER_FOLDER}/${marker}`).catch(() => "");
      return [
        ...lost,
        ...(row === "kept" ? [] : ["the row written to the database"]),
        ...(file === "" ? ["the file written to the storage"] : []),
      ];
    },
    dispose: async () => {
      await noteAnonymousVolumes(await containers(), anonymous);
      await removeProject(project);
      for (const name of await Promise.all([...anonymous].map(isThere))) {
        if (name !== "") {
          await docker("volume", "rm", name);
        }
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Records anonymous volumes, whose names are 64 hexadecimal digits: once their container is gone,
 * they belong to no project.
 */
async function noteAnonymousVolumes(
  seen: ReadonlyMap<string, Inspected>,
  anonymous: Set<string>,
): Promise<void> {
  for (const { Mounts } of seen.values()) {
    for (const { Name = "" } of Mounts) {
      if (/^[0-9a-f]{64}$/.test(Name)) {
        anonymous.add(Name);
      }
    }
  }
}

async function isThere(volume: string): Promise<string> {
  const found = await docker("volume", "ls", "--quiet", "--filter", `name=${volume}`);
  return found === volume ? volume : "";
}
