/** Suite: repeated lives of one deployment, to detect growth. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newKeys } from "../../src/keys/new-keys.ts";
import { LAGO_KEYS, variableOfKey } from "../../src/lago/lago-keys.ts";
import { freePort } from "../../testing/ports.ts";
import { newProjectName } from "../../testing/world/names.ts";
import type { Suite, SuiteChoice } from "../suite.ts";
import { liveThrough, removeAll, type Subject } from "./life.ts";
import { measure } from "./measure.ts";
import { liveThroughPulumi } from "./pulumi-life.ts";
import { QUANTITIES } from "./quantities.ts";

/**
 * Rounds of the library per round of Pulumi, which takes several times as long, in its own
 * processes.
 */
const PULUMI_EVERY = 10;

/** Rounds in one process, like a program that deploys for months. */
export const soak: Suite = {
  id: "soak",
  title: "Many lives in one process",
  how: `In each round the library deploys Lago, does so again, changes a setting, heals a stopped service, restarts, looks, and destroys, all in one process; every ${PULUMI_EVERY}th round the same is done by \`pulumi up\` too. The figures are of the moment when that is over and the garbage is collected.`,
  contenders: [
    { name: "library", title: "z-billing-lago, the library", missing: onlyOnLinux },
    { name: "pulumi", title: "z-billing-lago, `pulumi up`", missing: onlyOnLinux },
  ],
  work: QUANTITIES.map(({ id, title, unit }) => ({ id, title, unit })),
  onlyByName: true,
  rounds: (asked) => asked,
  run: soakThrough,
};

/** Rounds of one contender, and the measured quantities. */
interface Life {
  readonly name: string;
  /** Runs one round in this many. */
  readonly every: number;
  readonly live: () => Promise<void>;
  /** Compose project of the rounds. */
  readonly project: string;
  readonly quantities: readonly (typeof QUANTITIES)[number][];
}

async function soakThrough(choice: SuiteChoice): Promise<void> {
  const subject = await newSubject();
  const pulumiProject = newProjectName();
  const lives: readonly Life[] = [
    {
      ...{ name: "library", every: 1, project: subject.projectName, quantities: QUANTITIES },
      live: () => liveThrough(subject, choice.signal),
    },
    {
      ...{ name: "pulumi", every: PULUMI_EVERY, project: pulumiProject },
      live: () => liveThroughPulumi(pulumiProject),
      // This process only starts Pulumi, so its own memory says nothing about Pulumi.
      quantities: QUANTITIES.filter((one) => one.of === "host"),
    },
  ];
  const usual = process.env.TMPDIR;
  const temporary = await mkdtemp(join(tmpdir(), "zbl-soak-"));
  try {
    await liveRounds(choice, lives, temporary);
  } finally {
    await removeAll(subject);
    if (usual === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = usual;
    }
    await rm(temporary, { recursive: true, force: true });
  }
}

async function liveRounds(
  { contenders, work, rounds, signal, onResult }: SuiteChoice,
  lives: readonly Life[],
  folder: string,
): Promise<void> {
  const chosen = lives.filter(({ name }) => contenders.includes(name));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, live, project, quantities } of chosen.filter(
      ({ every }) => round % every === 0,
    )) {
      signal.throwIfAborted();
      // A folder of its own for each life, since others may use the usual one meanwhile.
      const temporary = join(folder, name);
      await mkdir(temporary, { recursive: true });
      process.env.TMPDIR = temporary;
      await live();
      const found = await measure({ prefix: project, temporary });
      for (const { id } of quantities.filter((one) => work.includes(one.id))) {
        onResult(round, name, id, found[id]);
      }
    }
  }
}

async function newSubject(): Promise<Subject> {
  const keys = await newKeys();
  return {
    projectName: newProjectName(),
    environment: Object.fromEntries(LAGO_KEYS.map((key) => [variableOfKey(key), keys[key.name]])),
    ports: { api: await freePort(), front: await freePort() },
  };
}

async function onlyOnLinux(): Promise<string | undefined> {
  return process.platform === "linux"
    ? undefined
    : "the soak looks at processes as only Linux shows them";
}
