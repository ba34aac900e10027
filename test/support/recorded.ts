/** A small project as compose and the engine really told of it, secrets and all. */

import { parseResolved } from "../../src/compose/resolved.ts";
import { type Concealment, concealService } from "../../src/observe/conceal.ts";
import type { DeclaredService } from "../../src/plan/types.ts";
import type { Answer, Script } from "../../testing/scripted-docker/answers.ts";
import { fixture, fixturePath } from "./fixtures.ts";

/** Its compose project. */
export const RECORDED_PROJECT = "lago-plan";

/** The folder of its compose file. */
export const RECORDED_PATH = fixturePath("compose", "plan");

/** In each of the secrets that its services were given. */
export const RECORDED_SECRET = "hunter2";

/** A container as `docker container inspect` prints it, as far as tests change it. */
export interface RecordedContainer {
  Id: string;
  Name: string;
  State: { Status: string; ExitCode: number; Health?: { Status: string } };
  Config: { Image: string; Env: string[]; Labels: Record<string, string> };
}

const HASH_LABEL = "com.docker.compose.config-hash";
const CONFIG = fixture("compose", "plan", "config-2.26.json");
const HASHES = fixture("compose", "plan", "config-hash-2.26.txt");

/** Its services by name, without secrets. Of them only `migrate` runs once. */
export function recordedService(name: string, how: Concealment): DeclaredService {
  const found = parseResolved(CONFIG, HASHES).services.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`no service ${name} was recorded`);
  }
  return { ...concealService(found, how), oneShot: name === "migrate" };
}

/**
 * What docker answers of it.
 *
 * @param change what somebody did to containers that run as declared
 */
export function recorded(change: (containers: Containers) => void = () => {}): Script {
  const containers = new Containers();
  change(containers);
  const looked = lookAnswers(containers);
  return {
    config: { stdout: fixture("compose", "plan", "config-no-interpolate-2.26.json") },
    "config --format": { stdout: CONFIG },
    "config --hash": { stdout: HASHES },
    "image ls": { stdout: fixture("docker", "image-ls-26.1.tsv") },
    "image inspect": { stdout: fixture("docker", "image-inspect-26.1.json") },
    "volume ls": recordedVolumes("data", "of-nobody-running", "own_name"),
    ...looked,
  };
}

/** The external volume of its compose file, which belongs to nobody. */
const EXTERNAL_VOLUME = "zbl-test-plantests-external\t\t";

/** What docker lists of volumes of it, by their names in the compose file, and the external volume. */
export function recordedVolumes(...keys: readonly string[]): { readonly stdout: string } {
  const lines = keys.map((key) => [`${RECORDED_PROJECT}_${key}`, RECORDED_PROJECT, key]);
  const all = [...lines.map((fields) => fields.join("\t")), EXTERNAL_VOLUME];
  return { stdout: all.map((line) => `${line}\n`).join("") };
}

/** What two looks find, one after the other, and all further ones as the second. */
export function recordedTwice(
  first: (containers: Containers) => void,
  second: (containers: Containers) => void = () => {},
): Script {
  const [one, two] = [recorded(first), recorded(second)];
  const both = (verb: string) => [one[verb], two[verb]].flat() as Answer[];
  return {
    ...two,
    "container ls": both("container ls"),
    "container inspect": both("container inspect"),
  };
}

function lookAnswers({ all }: Containers): Script {
  const listed = all.map(({ Id, Name, Config: { Labels } }) =>
    JSON.stringify({ ID: Id, Names: Name.slice(1), Labels }),
  );
  return {
    "container ls": { stdout: listed.map((line) => `${line}\n`).join("") },
    "container inspect": { stdout: JSON.stringify(all) },
  };
}

/** The containers, to be changed. */
export class Containers {
  all: RecordedContainer[];

  constructor() {
    this.all = JSON.parse(fixture("docker", "inspect-plan-26.1.json"));
    // One was recorded after it had been stopped.
    for (const container of this.of("worker")) {
      container.State = { Status: "running", ExitCode: 0 };
    }
  }

  of(service: string): RecordedContainer[] {
    const label = "com.docker.compose.service";
    return this.all
      .filter(({ Config }) => Config.Labels["com.docker.compose.oneoff"] !== "True")
      .filter(({ Config }) => Config.Labels[label] === service)
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  /** Adds one of a service that nobody declared. */
  add(service: string): void {
    const copies = structuredClone(this.of("db"));
    for (const copy of copies) {
      Object.assign(copy, { Id: `${service}-id`, Name: `/lago-plan-${service}-1` });
      copy.Config.Labels["com.docker.compose.service"] = service;
    }
    this.all.push(...copies);
  }

  /** Removes all of a service. */
  remove(service: string): void {
    const gone = this.of(service);
    this.all = this.all.filter((one) => !gone.includes(one));
  }

  /** Makes all of a service out of date, and what else is said. */
  change(service: string, how: (container: RecordedContainer) => void = () => {}): void {
    for (const one of this.of(service)) {
      one.Config.Labels[HASH_LABEL] = "of other settings";
      how(one);
    }
  }

  /** Ends all of a service. */
  exit(service: string, exitCode: number): void {
    for (const { State } of this.of(service)) {
      Object.assign(State, { Status: "exited", ExitCode: exitCode });
    }
  }
}
