/** Measured steps of the life of a deployment. */

import { containerId, docker } from "../../testing/docker.ts";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { Contender } from "../contenders/index.ts";
import type { Session } from "../session.ts";
import { NotDone } from "../suite.ts";
import { npmStart } from "./npm-start.ts";

/** One step of a deployment's life. */
export interface Work {
  readonly id: string;
  readonly title: string;
  /** Whether a contender can do it. Others are left out without a word. */
  readonly isFor: (contender: Contender) => boolean;
  /**
   * Measures the step, in milliseconds.
   *
   * @param nextFront another tag of front's image
   */
  run(session: Session, nextFront: string): Promise<number>;
}

/** All steps, in their order. */
export const WORK: readonly Work[] = [
  {
    id: "start",
    title: "first start, until every service is healthy",
    isFor: everyone,
    run: (session) => session.timeUntilHealthy(),
  },
  {
    id: "nothing",
    title: "nothing to do",
    isFor: everyone,
    run: (session) => untouched(session, () => session.timeUntilHealthy()),
  },
  {
    id: "npm-start",
    title: "`npm start` with nothing to do",
    isFor: ({ isCheckout = false }) => isCheckout,
    run: npmStartAgain,
  },
  {
    id: "change",
    title: "one setting changed",
    isFor: ifItDeploys,
    run: async (session) => {
      session.set(HARMLESS_VARIABLE, "true");
      return await session.timeUntilHealthy();
    },
  },
  {
    id: "heal",
    title: "one container killed, and healed",
    isFor: ifItDeploys,
    run: async (session) => {
      await docker("container", "kill", await containerId(session.world.project, "api-worker"));
      return await session.timeUntilHealthy();
    },
  },
  {
    id: "status",
    title: "status",
    isFor: ifItDeploys,
    run: (session) => session.time("status"),
  },
  {
    id: "preview",
    title: "preview",
    isFor: everyone,
    run: (session) => session.time("preview"),
  },
  {
    id: "version",
    title: "another version of one image",
    isFor: ifItDeploys,
    run: otherVersion,
  },
  {
    id: "destroy",
    title: "destroy, data kept",
    isFor: everyone,
    run: (session) => session.time("down"),
  },
];

function everyone(): boolean {
  return true;
}

function ifItDeploys({ deploys }: Contender): boolean {
  return deploys;
}

/** Measures a no-op `up`, which may start only one-shots. */
async function untouched(session: Session, up: () => Promise<number>): Promise<number> {
  const before = await session.world.standing();
  const ms = await up();
  const after = await session.world.standing();
  const touched = Object.keys(before).filter((service) => before[service] !== after[service]);
  if (touched.length > 0) {
    throw new NotDone(`it restarted ${touched.join(", ")}`);
  }
  return ms;
}

/**
 * Measures the second `npm start`. The checkout is new in each round, and has to be told once before
 * there is nothing to do: npm and Node keep what they need at the first run.
 */
async function npmStartAgain(session: Session): Promise<number> {
  const line = await npmStart(await session.commandLine("up"), session.world);
  const start = () => session.timeAs("up", line);
  await start();
  return await untouched(session, start);
}

/** Measures a release: the same image under another tag. */
async function otherVersion(session: Session, nextFront: string): Promise<number> {
  await session.world.compose.edit(({ services: { front } }) => {
    Object.assign(front ?? {}, { image: nextFront });
  });
  return await session.timeUntilHealthy();
}
