/** Runs contenders in turns, each in its own world. */
import type { ComposeDocument } from "../testing/world/compose-file.ts";
import type { Contender } from "./contenders/index.ts";
import { Session } from "./session.ts";
import { rotated } from "./statistics.ts";
import type { SuiteChoice } from "./suite.ts";
import { createBenchWorld } from "./world.ts";

/** Work of a contender in its world. */
export type Life = (
  session: Session,
  contender: Contender,
  onResult: (work: string, result: number | string) => void,
) => Promise<void>;

/** Runs all rounds, each beginning with another contender. */
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

/** Creates a world, does work in it, and removes it whatever the result. */
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

/** A contender in its own world. */
export interface Opened {
  readonly session: Session;
  /** Removes the world with all its contents. */
  readonly close: () => Promise<void>;
}

/**
 * Creates a world for a contender.
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
