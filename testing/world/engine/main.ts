/**
 * A docker whose engine is a file. It runs nothing, and records the containers, images and volumes
 * that compose would have created. The real compose resolves the compose files, since it needs no
 * engine for that.
 *
 * node main.ts HOME REAL_DOCKER ARGUMENT…
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { imageId } from "./container.ts";
import { inspection } from "./inspection.ts";
import { progressOf } from "./progress.ts";
import {
  type EngineState,
  type ModeledContainer,
  type ModeledVolume,
  readMisbehaviors,
  readState,
  writeState,
} from "./state.ts";
import { projectOf, type ResolvedProject, serviceOf, up } from "./up.ts";

const PROJECT_LABEL = "com.docker.compose.project";

/** Release numbers of the modeled engine. */
const ENGINE_RELEASE = { Version: "26.1.5", ApiVersion: "1.45" };
const COMPOSE_RELEASE = "2.26.1";

const [home = "", realDocker = "", ...args] = process.argv.slice(2);
const { verb, before, rest } = split(args);
const state = readState(home);
const project = nameOfProject();
const isOwn = (one: ModeledContainer) => projectOf(one) === project;
const isOwnVolume = ({ labels }: ModeledVolume) => labels[PROJECT_LABEL] === project;
const print = (text: string) => process.stdout.write(text === "" ? "" : `${text}\n`);
const save = (changes: Partial<EngineState>) => writeState(home, { ...state, ...changes });

/** Commands; each returns its exit code if it is not 0. */
const COMMANDS: Readonly<Record<string, () => number | undefined>> = {
  up: runUp,
  pull: () => {
    const { services } = resolve().project;
    const pulled = Object.values(services).map(({ image = "" }) => image);
    save({ images: [...new Set([...state.images, ...pulled])] });
    return 0;
  },
  down: () => {
    const volumes = rest.some((arg) => arg === "--volumes" || arg === "-v");
    return become({
      ...state,
      containers: state.containers.filter((one) => !isOwn(one)),
      networks: state.networks.filter((network) => network !== `${project}_default`),
      ...(volumes ? { volumes: state.volumes.filter((one) => !isOwnVolume(one)) } : {}),
    });
  },
  stop: () => {
    const named = rest.filter((arg) => !arg.startsWith("-"));
    const stops = (service: string) => named.length === 0 || named.includes(service);
    save({
      containers: state.containers.map((one) =>
        isOwn(one) && stops(serviceOf(one))
          ? { ...one, State: { ...one.State, Status: "exited", ExitCode: 0 } }
          : one,
      ),
    });
    return 0;
  },
  ps: () => {
    print(rest.includes("json") ? psLines() : psTable());
    return 0;
  },
  images: () => {
    print(JSON.stringify(state.containers.filter(isOwn).map(imageOf)));
    return 0;
  },
  version: () => {
    print(JSON.stringify({ version: COMPOSE_RELEASE }));
    return 0;
  },
  "version --format": () => {
    print(JSON.stringify({ Client: ENGINE_RELEASE, Server: ENGINE_RELEASE }));
    return 0;
  },
  "container ls": () => {
    const listed = state.containers.filter(({ Config }) => isWanted(Config.Labels));
    print(listed.map(rest.includes("--quiet") ? ({ Id }) => Id : containerLine).join("\n"));
    return 0;
  },
  "container inspect": () => {
    print(
      inspection(
        rest,
        state.containers.filter(({ Id }) => rest.some((id) => isId(id, Id))),
      ),
    );
    return 0;
  },
  "image ls": () => {
    print(state.images.map((image) => imageLine(image)).join("\n"));
    return 0;
  },
  "image inspect": () => {
    const known = state.images.filter((image) => rest.includes(imageId(image)));
    const made = known.map((image) => ({
      Id: imageId(image),
      Config: { Env: [] },
      RepoDigests: [],
    }));
    print(inspection(rest, made));
    return 0;
  },
  "volume ls": () => {
    print(volumeLines());
    return 0;
  },
  "volume create": () => {
    const labels = rest
      .filter((_, index) => rest[index - 1] === "--label")
      .map((label) => [label.slice(0, label.indexOf("=")), label.slice(label.indexOf("=") + 1)]);
    const name = rest.at(-1) ?? "";
    const volume = { name, labels: Object.fromEntries(labels) as Record<string, string> };
    save({ volumes: [...state.volumes.filter((one) => one.name !== name), volume] });
    print(name);
    return 0;
  },
  "volume rm": () => {
    save({ volumes: state.volumes.filter(({ name }) => !rest.includes(name)) });
    return 0;
  },
};

const command = COMMANDS[verb];
if (command === undefined) {
  process.stderr.write(`modeled docker: there is no "${verb}"\n`);
}
process.exitCode = command === undefined ? 97 : (command() ?? 0);

function runUp(): number {
  const { project: resolved, hashes } = resolve();
  const result = up(state, resolved, hashes, readMisbehaviors(home));
  become(result.state);
  process.stderr.write(result.failure === "" ? "" : `${result.failure}\n`);
  return result.failure === "" ? 0 : 1;
}

/** Saves a new state and prints compose's progress; a dry run saves nothing. */
function become(next: EngineState): number {
  const dryRun = rest.includes("--dry-run");
  const prefix = dryRun ? " DRY-RUN MODE - " : "";
  const lines = progressOf(state, next).map((line) => `${prefix} ${line}\n`);
  process.stderr.write(lines.join(""));
  if (!dryRun) {
    writeState(home, next);
  }
  return 0;
}

/** Resolves the files by compose, including the override of this call. */
function resolve(): { project: ResolvedProject; hashes: Map<string, string> } {
  const override = before.includes("-") ? readFileSync(0) : undefined;
  const ask = (...more: string[]) => {
    const asked = spawnSync(realDocker, ["compose", ...before, "config", ...more], {
      ...(override === undefined ? {} : { input: override }),
      timeout: 30_000,
    });
    if (asked.status !== 0) {
      process.stderr.write(asked.stderr);
      process.exit(asked.status ?? 1);
    }
    return asked.stdout.toString();
  };
  const hashes = ask("--hash", "*").trim().split("\n");
  return {
    project: JSON.parse(ask("--format", "json")) as ResolvedProject,
    hashes: new Map(hashes.map((line) => line.split(/\s+/) as [string, string])),
  };
}

function psLines(): string {
  return state.containers
    .filter(isOwn)
    .map(({ Id, Name, State, Config }) =>
      JSON.stringify({
        ID: Id,
        Name: Name.slice(1),
        Service: Config.Labels["com.docker.compose.service"],
        State: State.Status,
        Health: State.Health?.Status ?? "",
        ExitCode: State.ExitCode,
        Image: Config.Image,
      }),
    )
    .join("\n");
}

function psTable(): string {
  const rows = state.containers.filter(isOwn).map(({ Name, Config, State }) => {
    const health = State.Health === undefined ? "" : ` (${State.Health.Status})`;
    return `${Name.slice(1)}   ${Config.Image}   ${State.Status}${health}`;
  });
  return ["NAME   IMAGE   STATUS", ...rows].join("\n");
}

function imageOf({ Name, Image, Config }: ModeledContainer) {
  const [Repository, Tag] = splitTag(Config.Image);
  return { ID: Image, ContainerName: Name.slice(1), Repository, Tag, Size: 0 };
}

function imageLine(image: string): string {
  return [...splitTag(image), "<none>", imageId(image)].join("\t");
}

/** Splits a reference into repository and tag. */
function splitTag(image: string): [repository: string, tag: string] {
  const colon = image.lastIndexOf(":");
  return [image.slice(0, colon), image.slice(colon + 1)];
}

/** A container as one line of JSON. */
function containerLine({ Id, Name, State, Config, Mounts }: ModeledContainer): string {
  const Names = Name.replace(/^\//, "");
  return JSON.stringify({ ID: Id, Names, State: State.Status, Labels: Config.Labels, Mounts });
}

/** Volumes as lines of JSON, or in the only format with a label in use: name, tab, label. */
function volumeLines(): string {
  if (rest.includes("{{json .}}")) {
    const wanted = state.volumes.filter(({ labels }) => isWanted(labels));
    return wanted
      .map(({ name, labels }) => JSON.stringify({ Name: name, Labels: labels }))
      .join("\n");
  }
  const format = rest[rest.indexOf("--format") + 1] ?? "";
  const label = /\.Label "([^"]+)"/.exec(format)?.[1];
  return state.volumes
    .filter(({ labels }) => isWanted(labels))
    .map(({ name, labels }) => (label === undefined ? name : `${name}\t${labels[label] ?? ""}`))
    .join("\n");
}

/** Project of a compose call, as compose finds it without reading the files. */
function nameOfProject(): string {
  const flag = before.findIndex((arg) => arg === "--project-name" || arg === "-p");
  const given = flag === -1 ? undefined : before[flag + 1];
  return given ?? (process.env.COMPOSE_PROJECT_NAME || basename(process.cwd()));
}

/** Whether labels match every `--filter label=NAME=VALUE` of a call. */
function isWanted(labels: Readonly<Record<string, string>>): boolean {
  return rest
    .filter((arg, index) => rest[index - 1] === "--filter" && arg.startsWith("label="))
    .map((arg) => arg.slice("label=".length).split("="))
    .every(([name = "", value]) =>
      value === undefined ? Object.hasOwn(labels, name) : labels[name] === value,
    );
}

function isId(given: string, id: string): boolean {
  return given.length >= 12 && id.startsWith(given);
}

/** Splits a call into its command and the arguments before and after it. */
function split(all: readonly string[]): { verb: string; before: string[]; rest: string[] } {
  if (all[0] === "--host" || all[0] === "--context") {
    return split(all.slice(2));
  }
  if (all[0] !== "compose") {
    return { verb: all.slice(0, 2).join(" "), before: [], rest: all.slice(2) };
  }
  let at = 1;
  while (all[at]?.startsWith("-")) {
    at += 2;
  }
  return { verb: all[at] ?? "", before: all.slice(1, at), rest: all.slice(at + 1) };
}
