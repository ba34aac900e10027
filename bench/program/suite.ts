/** Suite: time until the Pulumi program registers its first resource. */
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../../testing/folders.ts";
import { runProbe } from "../probe/node.ts";
import { rotated } from "../statistics.ts";
import type { Suite, SuiteChoice } from "../suite.ts";

/** Rounds per requested round, since a round takes two seconds. */
const ROUNDS_EACH_ASKED = 6;

/** Programs, and the resource that each registers first. */
const PROGRAMS: readonly { name: string; title: string; file: string; first: string }[] = [
  {
    ...{ name: "program", title: "z-billing-lago's index.ts" },
    ...{ file: join(ROOT, "index.ts"), first: "lago" },
  },
  {
    ...{ name: "pulumi", title: 'import "@pulumi/pulumi"' },
    ...{ file: join(import.meta.dirname, "base.ts"), first: "nothing" },
  },
];

const reachedSchema = z.object({ name: z.string(), sinceStartMs: z.number() });

/** From the start of a process to its first resource. */
export const program: Suite = {
  id: "program",
  title: "Start of the Pulumi program",
  how: "From the start of a fresh Node process until the program registers its first resource, loaded as Pulumi's runner loads it: the SDK first, then the program's TypeScript as it stands, of which Node strips the types, with nothing compiled before. No engine is there; the SDK's mocks stand for it. The other program registers a resource as soon as it has imported Pulumi.",
  contenders: PROGRAMS.map(({ name, title }) => ({ name, title })),
  work: [{ id: "start", title: "to the first resource", unit: "ms" }],
  rounds: (asked) => asked * ROUNDS_EACH_ASKED,
  run: start,
};

async function start({ contenders, rounds, signal, onResult }: SuiteChoice): Promise<void> {
  const chosen = PROGRAMS.filter(({ name }) => contenders.includes(name));
  const probe = join(import.meta.dirname, "probe.ts");
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, file, first } of rotated(chosen, round)) {
      signal.throwIfAborted();
      const text = await runProbe(probe, [file], { cwd: ROOT, signal });
      const reached = reachedSchema.parse(JSON.parse(text));
      if (reached.name !== first) {
        throw new Error(`${file} registered ${reached.name} first, and not ${first}`);
      }
      onResult(round + 1, name, "start", reached.sinceStartMs);
    }
  }
}
