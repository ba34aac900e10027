/** Suite: first starts of a Lago that boots slowly. */
import type { ComposeDocument } from "../../testing/world/compose-file.ts";
import { CONTENDERS, named } from "../contenders/index.ts";
import { inNewWorld } from "../live.ts";
import { rotated } from "../statistics.ts";
import { resultOf, type Suite, type SuiteChoice } from "../suite.ts";

/** Seconds until api and workers answer. */
const BOOTS_SECONDS = [0, 20, 60] as const;

const WORK = BOOTS_SECONDS.map((seconds) => ({
  ...{ id: `boot-${seconds}`, seconds },
  title: `first start, Lago boots for ${seconds} s`,
}));

/** First starts, including slow ones. */
export const boot: Suite = {
  id: "boot",
  title: "First start of a slow Lago",
  how: "As the first start of a deployment's life, with an api and a worker that answer only so many seconds after they were started, as Lago's own do. A round has one start of each contender at each of these.",
  contenders: CONTENDERS.filter(({ deploys }) => deploys).map(({ subject }) => subject),
  work: WORK.map(({ id, title }) => ({ id, title, unit: "ms" })),
  rounds: (asked) => Math.ceil(asked / 2),
  run: start,
};

async function start({ contenders, work, rounds, signal, onResult }: SuiteChoice): Promise<void> {
  const chosen = WORK.filter(({ id }) => work.includes(id));
  for (let round = 0; round < rounds; round += 1) {
    for (const { id, seconds } of chosen) {
      for (const contender of rotated(named(contenders), round)) {
        signal.throwIfAborted();
        const change = (document: ComposeDocument) => bootSlowly(document, seconds);
        await inNewWorld(contender, signal, change, async (session) => {
          const result = await resultOf(() => session.timeUntilHealthy());
          onResult(round + 1, contender.subject.name, id, result);
        });
      }
    }
  }
}

/** Delays the stand-ins for the parts of Lago that boot slowly. */
export function bootSlowly({ services }: ComposeDocument, seconds: number): void {
  for (const name of ["api", "api-worker"]) {
    const service = services[name];
    if (service !== undefined) {
      service.environment = {
        ...service.environment,
        LAGO_SANDBOX_BOOT_SECONDS: String(seconds),
      };
    }
  }
}
