/** A host whose docker is scripted. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "../../test/e2e/support/docker.ts";
import { inspectAnswer, psLine, type Script } from "../../test/support/answers.ts";
import { COMPILE_CACHE } from "../../test/support/cli.ts";
import { createFakeHost, FAR_AWAY, type FakeDocker } from "../../test/support/fake-host.ts";
import { findPulumi } from "../../test/support/pulumi.ts";
import type { Level } from "../case.ts";
import { type ComposeDocument, ComposeFile, smallDocument } from "./compose-file.ts";
import { newProjectName } from "./names.ts";
import { canarySecrets } from "./secrets.ts";
import type { World } from "./world.ts";

/** The state of the scripted project while every service runs. */
export const UP = "up";
/** The state when containers exist and not all of them run. */
export const HALF = "half";
/** The state after `down`. */
export const DOWN = "down";

/** A {@link World} with a docker that answers as a case says. */
export interface FakeWorld extends World {
  readonly docker: FakeDocker;
  /** A `PATH` on which there is everything but docker. */
  readonly pathWithoutDocker: string;
}

const done = psLine("migrate", { State: "exited", Health: "" });
const running = psLine("api") + psLine("db") + done;
const half = psLine("db") + psLine("migrate", { State: "exited", Health: "", ExitCode: 1 });

/** How a docker answers that is well: `up` starts the project and `down` removes it. */
export function wellScript(document: ComposeDocument): Script {
  const services = Object.keys(document.services);
  return {
    config: { stdout: JSON.stringify(document) },
    up: { sets: UP },
    down: { sets: DOWN },
    [`ps@${UP}`]: { stdout: running },
    [`ps@${HALF}`]: { stdout: half },
    "container inspect": { stdout: inspectAnswer(...services.map((service) => ({ service }))) },
  };
}

/** Makes such a world. */
export async function createFakeWorld(
  level: Level,
  prepare: (document: ComposeDocument) => void,
): Promise<FakeWorld> {
  const project = newProjectName();
  const folder = await mkdtemp(join(tmpdir(), "zbl-test-faults-"));
  const host = createFakeHost();
  const noDocker = createFakeHost();
  await rm(join(noDocker.path, "docker"));
  const pulumi = level === "E" ? [dirname(findPulumi())] : [];
  const pathOf = (bin: string) => [bin, ...pulumi].join(":");
  const [composeFolder, temporaryFolder] = [join(folder, project), join(folder, "tmp")];
  await mkdir(composeFolder);
  await mkdir(temporaryFolder);
  const document = smallDocument();
  prepare(document);
  const docker = host.docker(wellScript(document));
  const compose = new ComposeFile(composeFolder, document, (changed) => {
    docker.answer({ config: { stdout: JSON.stringify(changed) } });
  });
  await compose.write();
  return {
    level,
    project,
    folder,
    composeFolder,
    compose,
    temporaryFolder,
    environment: {
      PATH: pathOf(host.path),
      HOME: folder,
      TMPDIR: temporaryFolder,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      DOCKER_HOST: FAR_AWAY,
    },
    secrets: canarySecrets(),
    ports: { api: await freePort(), front: await freePort() },
    docker,
    pathWithoutDocker: pathOf(noDocker.path),
    heal: async () => docker.answerAll(wellScript(compose.document)),
    unreached: async ({ environment }, changed) => unreached(docker, environment, changed),
    remains: async () =>
      [UP, HALF].includes(docker.state()) ? [`a container of project ${project}`] : [],
    standing: async () => ({
      // The scripted containers are no more than a word; what would replace them are these calls.
      "calls of down": String(docker.calls("down").length),
      "calls of restart": String(docker.calls("restart").length),
    }),
    writeData: async () => {},
    lostData: async () => destroyers(docker),
    dispose: async () => {
      host.dispose();
      noDocker.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether the last start that succeeded was handed what is wanted now. */
function unreached(
  docker: FakeDocker,
  environment: Readonly<Record<string, string>>,
  changed: readonly string[],
): string[] {
  const state = docker.state();
  if (state !== UP) {
    return [`the project is ${state === "" ? "not there" : state}`];
  }
  const last = docker.calls("up").findLast(({ sets }) => sets === UP);
  return changed
    .filter((name) => last?.env[name] !== environment[name])
    .map((name) => `what runs was started without the new ${name}`);
}

/** Calls that remove data. */
function destroyers(docker: FakeDocker): string[] {
  return docker
    .calls()
    .filter(({ verb, args }) => {
      const volumes = args.includes("--volumes") || args.includes("-v");
      const data = args.slice(2).filter((arg) => !arg.startsWith("-") && !/-keys(-|$)/.test(arg));
      return (verb === "down" && volumes) || (verb === "volume rm" && data.length > 0);
    })
    .map(({ args }) => `docker ${args.join(" ")} was called`);
}
