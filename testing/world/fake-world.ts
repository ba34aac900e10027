/** A host with a scripted docker that falls back to a modeled engine. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../../src/lock/file-lock.ts";
import type { Inspected } from "../docker.ts";
import { COMPILE_CACHE } from "../folders.ts";
import { freePort } from "../ports.ts";
import { findPulumi } from "../pulumi.ts";
import type { Answer, Script } from "../scripted-docker/answers.ts";
import { createFakeHost, FAR_AWAY, type FakeDocker } from "../scripted-docker/fake-host.ts";
import { type ComposeDocument, ComposeFile, smallDocument } from "./compose-file.ts";
import { composeRelease } from "./compose-release.ts";
import { standingOf, unreachedServices } from "./containers.ts";
import {
  type EngineState,
  type Misbehaviors,
  readState,
  writeMisbehaviors,
  writeState,
} from "./engine/state.ts";
import { projectOf, serviceOf } from "./engine/up.ts";
import type { Level } from "./level.ts";
import { holdsData, newProjectName } from "./names.ts";
import { type ProgramAnswer, writeProgram } from "./program.ts";
import { realDocker } from "./real-docker.ts";
import { canarySecrets } from "./secrets.ts";
import { linkTools } from "./tools.ts";
import type { World } from "./world.ts";

/** A {@link World} with a scripted docker. */
export interface FakeWorld extends World {
  readonly docker: FakeDocker;
  /** Answer of the modeled engine, for scripts with other answers before it. */
  readonly modeled: Answer;
  /** Answer of the modeled engine with these bytes on standard error before it. */
  noisy(...parts: readonly Noise[]): Promise<Answer>;
  /** Answer with these bytes on standard output and nothing else. */
  printing(...parts: readonly Noise[]): Promise<Answer>;
  /** Answers about the release of compose, in each form of the question. */
  composeRelease(release: string): Promise<Script>;
  /** Returns the state of the modeled engine. */
  engine(): EngineState;
  /** Changes the state behind the subject's back, as people do. */
  setEngine(change: (state: EngineState) => EngineState): void;
  /** Makes services exit or stay unhealthy when started, until the fault ends. */
  misbehave(services: Misbehaviors): void;
  /**
   * Returns the containers of a project by service. Defaults to the project at the start of the
   * trial.
   */
  services(project?: string): Map<string, Inspected>;
  /** A `PATH` with everything except docker. */
  readonly pathWithoutDocker: string;
}

/** Bytes, and the number of times they are written. */
export interface Noise {
  readonly bytes: Uint8Array;
  readonly times: number;
}

const ENGINE = join(import.meta.dirname, "engine", "main.ts");

/** Commands that the modeled engine answers. */
const MODELED = [
  ...["up", "pull", "down", "stop", "ps", "container ls", "container inspect", "image ls"],
  ...["image inspect", "volume ls", "volume create", "volume rm", "images", "version --format"],
];

/** Creates a world with a scripted docker. */
export async function createFakeWorld(
  level: Level,
  prepare: (document: ComposeDocument) => void,
  awkwardPath = false,
): Promise<FakeWorld> {
  const project = newProjectName();
  const folder = await mkdtemp(join(tmpdir(), "zbl-test-faults-"));
  const place = awkwardPath ? await linkedPlace(folder) : folder;
  const [composeFolder, temporaryFolder] = [join(place, project), join(folder, "tmp")];
  const lockFolder = join(folder, "locks");
  await mkdir(composeFolder);
  await mkdir(temporaryFolder);
  const host = createFakeHost();
  const docker = host.docker({});
  const { modeled, config } = await writePrograms(folder, docker.home);
  let noises = 0;
  const script: Script = {
    ...Object.fromEntries(MODELED.map((verb) => [verb, modeled])),
    config,
  };
  docker.answerAll(script);
  const noDocker = createFakeHost();
  await rm(join(noDocker.path, "docker"));
  const pulumi = level === "E" ? [dirname(findPulumi())] : [];
  const tools = await linkTools(join(folder, "tools"));
  const pathOf = (bin: string) => [bin, ...pulumi, tools].join(delimiter);
  const document = smallDocument();
  prepare(document);
  const compose = new ComposeFile(composeFolder, document);
  await compose.write();
  const engine = () => readState(docker.home);
  const services = (of = project) =>
    new Map(
      engine()
        .containers.filter((one) => projectOf(one) === of)
        .map((one) => [serviceOf(one), one]),
    );
  let data: readonly string[] = [];
  return {
    level,
    project,
    folder,
    composeFolder,
    compose,
    temporaryFolder,
    lockFolder,
    environment: {
      PATH: pathOf(host.path),
      HOME: folder,
      TMPDIR: temporaryFolder,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      [LOCK_FOLDER_VARIABLE]: lockFolder,
      DOCKER_HOST: FAR_AWAY,
    },
    secrets: canarySecrets(),
    ports: { api: await freePort(), front: await freePort() },
    docker,
    modeled,
    noisy: async (...parts) => {
      noises += 1;
      const end = `exec '${modeled.program}' "$@"`;
      return await writeNoise(join(folder, `noise-${noises}`), parts, ">&2", end);
    },
    printing: async (...parts) => {
      noises += 1;
      return await writeNoise(join(folder, `noise-${noises}`), parts, "", "exit 0");
    },
    composeRelease: (release) =>
      composeRelease(release, join(folder, "compose-release"), modeled.program),
    engine,
    setEngine: (change) => writeState(docker.home, change(engine())),
    misbehave: (misbehaviors) => writeMisbehaviors(docker.home, misbehaviors),
    services,
    pathWithoutDocker: pathOf(noDocker.path),
    heal: async () => {
      writeMisbehaviors(docker.home, {});
      docker.answerAll(script);
    },
    unreached: async ({ environment, project: wanted }, changed) =>
      unreachedServices(compose.document, services(wanted), environment, changed),
    remains: async () => [
      ...engine().containers.map((one) => `a container of ${serviceOf(one)}`),
      ...engine().networks.map((network) => `network ${network}`),
    ],
    standing: async () => standingOf(services(), compose.oneShots),
    writeData: async () => {
      data = [...new Set([...data, ...dataVolumes(engine())])];
    },
    lostData: async () => {
      const there = dataVolumes(engine());
      return data.filter((name) => !there.includes(name)).map((name) => `volume ${name}`);
    },
    dispose: async () => {
      host.dispose();
      noDocker.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Programs that answer instead of the script, as the fake docker calls them. */
async function writePrograms(
  folder: string,
  home: string,
): Promise<{ readonly modeled: ProgramAnswer; readonly config: Answer }> {
  const real = realDocker();
  const variables = `HOME='${homedir()}' NODE_COMPILE_CACHE='${COMPILE_CACHE}'`;
  const write = (name: string, command: string) =>
    writeProgram(join(folder, name), `${variables} exec ${command} "$@"`);
  return {
    modeled: await write("engine", `'${process.execPath}' '${ENGINE}' '${home}' '${real}'`),
    config: await write("config", `'${real}'`),
  };
}

async function writeNoise(
  program: string,
  parts: readonly Noise[],
  redirect: string,
  end: string,
): Promise<Answer> {
  const lines = parts.map(async ({ bytes, times }, index) => {
    const file = `${program}.${index}`;
    await writeFile(file, bytes);
    return `i=0; while [ $i -lt ${times} ]; do cat '${file}' ${redirect}; i=$((i + 1)); done`;
  });
  const text = [...(await Promise.all(lines)), end].join("\n");
  return await writeProgram(program, text);
}

/** A folder whose path contains spaces and a symbolic link. */
async function linkedPlace(folder: string): Promise<string> {
  await mkdir(join(folder, "a real place"));
  await symlink("a real place", join(folder, "a link to it"));
  return join(folder, "a link to it");
}

/** Names of the volumes that hold data. */
function dataVolumes({ volumes }: EngineState): string[] {
  return volumes.map(({ name }) => name).filter(holdsData);
}
