import type { FaultCase } from "../case.ts";

const DEADLINE_SECONDS = 5;

export const faultCase: FaultCase = {
  id: "RB35",
  name: "hang-everything",
  levels: ["F"],
  injects: "docker never ends, ignores SIGINT and SIGTERM, and has a child that holds its outputs",
  expects: "DeadlineExceeded within 15 s of the deadline of the start, and no process is left",
  startTimeoutSeconds: DEADLINE_SECONDS,
  // And a second for the program to start.
  boundMs: { F: (DEADLINE_SECONDS + 15 + 1) * 1_000 },
  run: async (trial) => {
    trial.fake.docker.answer({ up: { deaf: true, withChild: true } });
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "DeadlineExceeded",
      words: /deadline|time(d)? ?out/i,
    });
  },
};
