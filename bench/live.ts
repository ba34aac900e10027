/** Contenders in turns, each in a world of its own. */
import type { ComposeDocument } from "../testing/world/compose-file.ts";
import type { Contender } from "./contenders/index.ts";
import { Session } from "./session.ts";
import { rotated } from "./statistics.ts";
import type { SuiteChoice } from "./suite.ts";
import { createBenchWorld } from "./world.ts";

/** What a contender does in its world. */
export type Life = (
  session: Session,
  contender: Contender,
  onResult: (work: string, result: number | string) => void,
) => Promise<void>;

/** All rounds: another contender is the first one in each. */
export async function liveRounds(
  contenders: readonly Contender[],
  { rounds, signal, onResult }: SuiteChoice,
  life: Life,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of rotated(contenders, round)) {
      signal.throwIfAborted();
      await inNewWorld(contender, signal, undefined, (session) =>
        life(session, contender, (work, result) => {
          onResult(round + 1, contender.subject.name, work, result);
        }),
      );
    }
  }
}

/** Makes a world, has something done in it, and removes it whatever comes of that. */
export async function inNewWorld(
  contender: Contender,
  signal: AbortSignal,
  change: ((document: ComposeDocument) => void) | undefined,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const { session, close } = await openInNewWorld(contender, signal, change);
  try {
    await work(session);
  } finally {
    await close();
  }
}

/** A contender in a world of its own. */
export interface Opened {
  readonly session: Session;
  /** Removes the world with all that is in it. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a world for a contender.
 *
 * @param change of the compose file. Defaults to none
 */
export async function openInNewWorld(
  { subject, deploys }: Contender,
  signal: AbortSignal,
  change?: (document: ComposeDocument) => void,
): Promise<Opened> {
  const world = await createBenchWorld(change);
  try {
    const deployment = await subject.open(world, "D");
    return {
      session: new Session({ world, deployment, deploys, signal }),
      close: async () => {
        await deployment.dispose().finally(() => world.dispose());
      },
    };
  } catch (error) {
    await world.dispose();
    throw error;
  }
}
