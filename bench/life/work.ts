/** Measured steps of the life of a deployment. */

import { containerId, docker } from "../../testing/docker.ts";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { Session } from "../session.ts";
import { NotDone } from "../suite.ts";

/** One step of a deployment's life. */
export interface Work {
  readonly id: string;
  readonly title: string;
  /** Whether a contender that deploys nothing can do it. */
  readonly onFloor: boolean;
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
    onFloor: true,
    run: (session) => session.timeUntilHealthy(),
  },
  {
    id: "nothing",
    title: "nothing to do",
    onFloor: true,
    run: untouched,
  },
  {
    id: "change",
    title: "one setting changed",
    onFloor: false,
    run: async (session) => {
      session.set(HARMLESS_VARIABLE, "true");
      return await session.timeUntilHealthy();
    },
  },
  {
    id: "heal",
    title: "one container killed, and healed",
    onFloor: false,
    run: async (session) => {
      await docker("container", "kill", await containerId(session.world.project, "api-worker"));
      return await session.timeUntilHealthy();
    },
  },
  {
    id: "status",
    title: "status",
    onFloor: false,
    run: (session) => session.time("status"),
  },
  {
    id: "preview",
    title: "preview",
    onFloor: true,
    run: (session) => session.time("preview"),
  },
  {
    id: "version",
    title: "another version of one image",
    onFloor: false,
    run: otherVersion,
  },
  {
    id: "destroy",
    title: "destroy, data kept",
    onFloor: true,
    run: (session) => session.time("down"),
  },
];

/** Measures a no-op `up`, which may start only one-shots. */
async function untouched(session: Session): Promise<number> {
  const before = await session.world.standing();
  const ms = await session.timeUntilHealthy();
  const after = await session.world.standing();
  const touched = Object.keys(before).filter((service) => before[service] !== after[service]);
  if (touched.length > 0) {
    throw new NotDone(`it restarted ${touched.join(", ")}`);
  }
  return ms;
}

/** Measures a release: the same image under another tag. */
async function otherVersion(session: Session, nextFront: string): Promise<number> {
  await session.world.compose.edit(({ services: { front } }) => {
    Object.assign(front ?? {}, { image: nextFront });
  });
  return await session.timeUntilHealthy();
}
