/** Suite: tails of logs of very different length. */

import { TAIL_LINES } from "../probe/calls.ts";
import { callFresh } from "../probe/node.ts";
import type { Library } from "../probe/task.ts";
import { rotated } from "../statistics.ts";
import type { Suite, SuiteChoice } from "../suite.ts";
import { type LogProject, WRITER, writeLogs } from "./project.ts";

const SIZES = [
  { id: "1mb", title: "1 MB", bytes: 1_000_000 },
  { id: "100mb", title: "100 MB", bytes: 100_000_000 },
  { id: "1gb", title: "1 GB", bytes: 1_000_000_000 },
] as const;

/** Rounds per requested round, since a round takes only seconds and the logs stay. */
const ROUNDS_EACH_ASKED = 3;

const tailId = (size: string) => `tail-${size}`;
const memoryId = (size: string) => `memory-${size}`;

/** Tails of logs. */
export const logs: Suite = {
  id: "logs",
  title: "Tail of a long log",
  how: `The last ${TAIL_LINES} lines of a container that has written so much with Docker's \`json-file\` driver and no rotation. Each figure is of one call in a fresh Node process: the time of the call, without the start of the process; and the most memory that the process ever had, with all that it has loaded. Of \`docker compose\` the time counts from starting it to its end.`,
  contenders: [
    { name: "library", title: "z-billing-lago, the library" },
    { name: "npm", title: "npm's docker-compose" },
    { name: "compose", title: "docker compose" },
  ],
  work: [
    ...SIZES.map(({ id, title }) => ({
      ...{ id: tailId(id), title: `tail of ${title}`, unit: "ms" as const },
    })),
    ...SIZES.map(({ id, title }) => ({
      ...{ id: memoryId(id), title: `memory for a tail of ${title}`, unit: "bytes" as const },
    })),
  ],
  rounds: (asked) => asked * ROUNDS_EACH_ASKED,
  run: tails,
};

async function tails(choice: SuiteChoice): Promise<void> {
  const { work, signal } = choice;
  for (const { id, bytes } of SIZES) {
    if (work.includes(tailId(id)) || work.includes(memoryId(id))) {
      const project = await writeLogs(bytes, signal);
      try {
        await tailsOf(project, id, choice);
      } finally {
        await project.remove();
      }
    }
  }
}

async function tailsOf({ name }: LogProject, size: string, choice: SuiteChoice): Promise<void> {
  const { contenders, rounds, signal, onResult } = choice;
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of rotated(contenders, round)) {
      signal.throwIfAborted();
      const library = contender as Library;
      const task = { library, call: "logs", project: name, service: WRITER, times: 1 } as const;
      const { callsMs, peakBytes, count } = await callFresh(task, { signal });
      const failed =
        count === TAIL_LINES ? undefined : `it gave ${count} lines instead of ${TAIL_LINES}`;
      const report = (id: string, result: number) => {
        if (choice.work.includes(id)) {
          onResult(round + 1, contender, id, failed ?? result);
        }
      };
      report(tailId(size), callsMs[0] ?? Number.NaN);
      // Only the time counts for compose, since its calling process is the benchmark itself.
      if (library !== "compose") {
        report(memoryId(size), peakBytes);
      }
    }
  }
}
