/** Suite: many stacks on one host, and the growing cost of one more. */
import { type Contender, named } from "../contenders/index.ts";
import { openInNewWorld } from "../live.ts";
import type { Session } from "../session.ts";
import { rotated } from "../statistics.ts";
import { resultOf, type Suite, type SuiteChoice } from "../suite.ts";
import { onlyWhatAnswers } from "./document.ts";
import { NOTHING_AT, nothingId, STACKS, STACKS_WORK, stacksFor, startId, sums } from "./work.ts";

/** Requested rounds per start of all stacks. */
const ROUNDS_EACH = 5;

/** One stack after another, all left running. */
export const stacks: Suite = {
  id: "stacks",
  title: `${STACKS} stacks on one host`,
  how: "Stacks of database, Redis, migration and api are started one after another, each with a project, ports and settings of its own, while those before it run on; and some are told to start once more, with nothing to do. Figures are those of a start until every service is healthy. A round has all stacks of each contender, and removes them. The first and the last start are the medians of three neighbors.",
  contenders: named(["cli", "raw"]).map(({ subject }) => subject),
  work: STACKS_WORK,
  rounds: (asked) => Math.ceil(asked / ROUNDS_EACH),
  run: async (choice) => {
    for (let round = 0; round < choice.rounds; round += 1) {
      for (const contender of rotated(named(choice.contenders), round)) {
        const onResult = (work: string, result: number | string) => {
          if (choice.work.includes(work)) {
            choice.onResult(round + 1, contender.subject.name, work, result);
          }
        };
        await grow(contender, choice, onResult);
      }
    }
  },
};

async function grow(
  contender: Contender,
  { work, signal }: SuiteChoice,
  onResult: (work: string, result: number | string) => void,
): Promise<void> {
  const closings: (() => Promise<void>)[] = [];
  const startsMs: number[] = [];
  try {
    for (let stack = 1; stack <= stacksFor(work); stack += 1) {
      signal.throwIfAborted();
      const { session, close } = await openInNewWorld(contender, signal, onlyWhatAnswers);
      closings.push(close);
      const result = await start(session);
      onResult(startId(stack), result);
      if (typeof result === "number") {
        startsMs.push(result);
      }
      if (NOTHING_AT.includes(stack) && work.includes(nothingId(stack))) {
        onResult(nothingId(stack), await start(session));
      }
    }
  } finally {
    await closeAll(closings);
  }
  for (const [id, sum] of Object.entries(sums(startsMs))) {
    onResult(id, sum);
  }
}

function start(session: Session): Promise<number | string> {
  return resultOf(() => session.timeUntilHealthy());
}

/** Closes all of them, even if one cannot be closed. */
async function closeAll(closings: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closings) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} stacks could not be removed`);
  }
}
