/** Suite: cost of calling compose by a library. */
import { docker } from "../../testing/docker.ts";
import { named } from "../contenders/index.ts";
import { inNewWorld } from "../live.ts";
import { callFresh } from "../probe/node.ts";
import type { Library, Task } from "../probe/task.ts";
import { median, rotated } from "../statistics.ts";
import type { Suite, SuiteChoice } from "../suite.ts";

/** Service that is stopped and restarted: nothing waits for it, and it ends at once. */
const SERVICE = "pdf";

/** Further calls of a process after the first; their median counts. */
const MORE_CALLS = 5;

/** Rounds per requested round, since a round takes only seconds beside the shared deployment. */
const ROUNDS_EACH_ASKED = 4;

interface CallWork {
  readonly id: string;
  readonly title: string;
  readonly call: Task["call"];
  /** Number of calls per process; with more than one, the first does not count. */
  readonly times: number;
}

const WORK: readonly CallWork[] = [
  { id: "status", title: "status, first call of a process", call: "status", times: 1 },
  { id: "status-again", title: "status, later calls", call: "status", times: 1 + MORE_CALLS },
  { id: "logs", title: "last lines of a service", call: "logs", times: 1 },
  { id: "stop", title: "stop of a service", call: "stop", times: 1 },
  { id: "restart", title: "restart of a service", call: "restart", times: 1 },
];

/** Calls by three libraries. */
export const calls: Suite = {
  id: "calls",
  title: "Calls from a program",
  how: `All of Lago runs, and each figure is of a fresh Node process: the time of its first call, without its start, or the median of ${MORE_CALLS} later ones. Of \`docker compose\` the time counts from starting the command to its end. All are told the project's name, and read no compose file. What is stopped and restarted is \`${SERVICE}\`, which is started again before the next one's turn.`,
  contenders: [
    { name: "library", title: "z-billing-lago, the library" },
    { name: "npm", title: "npm's docker-compose" },
    { name: "compose", title: "docker compose" },
  ],
  work: WORK.map(({ id, title }) => ({ id, title, unit: "ms" })),
  rounds: (asked) => asked * ROUNDS_EACH_ASKED,
  run: async (choice) => {
    for (const contender of named(["cli"])) {
      await inNewWorld(contender, choice.signal, undefined, async (session) => {
        await session.timeUntilHealthy();
        const { project, lockFolder } = session.world;
        await callAll(project, lockFolder, choice);
      });
    }
  },
};

async function callAll(project: string, lockFolder: string, choice: SuiteChoice): Promise<void> {
  const { contenders, rounds, signal, onResult } = choice;
  const chosen = WORK.filter(({ id }) => choice.work.includes(id));
  for (let round = 0; round < rounds; round += 1) {
    for (const { id, call, times } of chosen) {
      for (const contender of rotated(contenders, round)) {
        signal.throwIfAborted();
        const task = { library: contender as Library, call, project, service: SERVICE, times };
        const { callsMs } = await callFresh(task, { lockFolder, signal });
        onResult(round + 1, contender, id, median(times === 1 ? callsMs : callsMs.slice(1)));
        if (call === "stop") {
          await docker("compose", "--project-name", project, "start", SERVICE);
        }
      }
    }
  }
}
