import type { FaultCase } from "../case.ts";

const DEADLINE_SECONDS = 5;
/** Maximum time to kill processes that ignore signals, in seconds. */
const ENDING_SECONDS = 15;

export const faultCase: FaultCase = {
  id: "RB35",
  name: "hang-everything",
  levels: ["F"],
  injects: "docker never ends, ignores SIGINT and SIGTERM, and has a child that holds its outputs",
  expects: "DeadlineExceeded within 15 s of the deadline of the start, and no process is left",
  startTimeoutSeconds: DEADLINE_SECONDS,
  // The relevant time is measured from the call that hangs, below; this bound includes all steps
  // before.
  boundMs: { F: 35_000 },
  run: async (trial) => {
    trial.fake.docker.answer({ up: { deaf: true, withChild: true } });
    const up = await trial.up();
    const hungMs = Date.now() - (trial.fake.docker.calls("up")[0]?.atMs ?? 0);
    const limitMs = (DEADLINE_SECONDS + ENDING_SECONDS) * 1_000;
    trial.expect(
      hungMs <= limitMs,
      `up ended ${Math.round(hungMs / 1_000)} s after docker began to hang`,
    );
    trial.expectFailure(up, {
      kind: "DeadlineExceeded",
      words: /deadline|time(d)? ?out/i,
    });
  },
};
