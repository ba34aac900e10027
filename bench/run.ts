/** Runs the rounds: each contender's whole life in a world of its own, one contender after the other. */
import type { ComposeDocument } from "../faults/world/compose-file.ts";
import { createDaemonWorld } from "../faults/world/daemon-world.ts";
import type { Contender } from "./contenders/index.ts";
import type { Measured } from "./report/result.ts";
import { NotDone, Session } from "./session.ts";
import { rotated } from "./statistics.ts";
import type { Work } from "./work.ts";

/** Lago's own interval between two looks at a service's health. */
const LAGOS_INTERVAL = "10s";

/** What is to be measured. */
export interface BenchChoice {
  readonly contenders: readonly Contender[];
  readonly work: readonly Work[];
  readonly rounds: number;
  readonly nextFront: string;
  readonly signal: AbortSignal;
  /** Called with each figure as it comes. */
  readonly onMeasured: (
    round: number,
    contender: string,
    work: string,
    ms: number | string,
  ) => void;
}

/** Runs them all. */
export async function runBench(choice: BenchChoice): Promise<Measured[]> {
  const measured = new Map<string, { samplesMs: number[]; notDone?: string }>();
  for (let round = 0; round < choice.rounds; round += 1) {
    for (const contender of rotated(choice.contenders, round)) {
      choice.signal.throwIfAborted();
      await live(contender, choice, (work, result) => {
        const key = `${contender.subject.name} ${work}`;
        const one = measured.get(key) ?? { samplesMs: [] };
        if (typeof result === "number") {
          one.samplesMs.push(result);
        } else {
          one.notDone ??= result;
        }
        measured.set(key, one);
        choice.onMeasured(round + 1, contender.subject.name, work, result);
      });
    }
  }
  return [...measured].map(([key, one]) => {
    const [contender = "", work = ""] = key.split(" ");
    return { contender, work, ...one };
  });
}

async function live(
  { subject, deploys }: Contender,
  { work, nextFront, signal }: BenchChoice,
  onResult: (work: string, result: number | string) => void,
): Promise<void> {
  const world = await createDaemonWorld(withLagosIntervals);
  try {
    const deployment = await subject.open(world, "D");
    try {
      const session = new Session({ world, deployment, deploys, nextFront });
      for (const { id, onFloor, run } of work) {
        signal.throwIfAborted();
        if (deploys || onFloor) {
          onResult(id, await resultOf(() => run(session)));
        }
      }
    } finally {
      await deployment.dispose();
    }
  } finally {
    await world.dispose();
  }
}

/** What cannot be done is a result too: the life goes on. */
async function resultOf(run: () => Promise<number>): Promise<number | string> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NotDone) {
      return error.message;
    }
    throw error;
  }
}

/** The fault cases look more often, to be done sooner. */
function withLagosIntervals({ services }: ComposeDocument): void {
  for (const { healthcheck } of Object.values(services)) {
    if (healthcheck !== undefined) {
      healthcheck.interval = LAGOS_INTERVAL;
    }
  }
}
