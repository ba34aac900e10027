/** Suite: the life of a deployment, step by step. */
import { CONTENDERS, named } from "../contenders/index.ts";
import { liveRounds } from "../live.ts";
import { resultOf, type Suite, type SuiteChoice } from "../suite.ts";
import { tagNextFront } from "./next-front.ts";
import { WORK } from "./work.ts";

/** From a first start to destroy. */
export const life: Suite = {
  id: "life",
  title: "The life of a deployment",
  how: "A round has the whole life of each contender, on a host that has nothing of it before. Every figure is the time of one command as a person types it. Where services start, it counts until each of them is healthy, whether the command waits for that or not. The CLI is that of the built package, started without npm. `npm start` is typed in the checkout whose `pulumi up` is measured, on the same stack and right after its no-op; it is typed twice, and the second one counts.",
  contenders: CONTENDERS.map(({ subject }) => subject),
  work: WORK.map(({ id, title }) => ({ id, title, unit: "ms" })),
  rounds: (asked) => asked,
  run: live,
};

async function live(choice: SuiteChoice): Promise<void> {
  const contenders = named(choice.contenders);
  const work = WORK.filter(({ id }) => choice.work.includes(id));
  const next = await tagNextFront();
  const undone = new Set<string>();
  try {
    await liveRounds(contenders, choice, async (session, contender, onResult) => {
      for (const { id, isFor, run } of work) {
        choice.signal.throwIfAborted();
        const key = `${contender.subject.name} ${id}`;
        // Work that a contender cannot do would fail in each round, after minutes.
        if (isFor(contender) && !undone.has(key)) {
          const result = await resultOf(() => run(session, next.tag));
          if (typeof result === "string") {
            undone.add(key);
          }
          onResult(id, result);
        }
      }
    });
  } finally {
    await next.remove();
  }
}
