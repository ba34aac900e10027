import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { FaultCase } from "../case.ts";
import {
  composeProcesses,
  firstSeen,
  kill,
  runnerOf,
  watchMeetings,
} from "../watch/compose-processes.ts";

/** Extra duration of the migration in seconds, during which compose waits. */
const SLOW_SECONDS = 6;

export const faultCase: FaultCase = {
  id: "RB19",
  name: "kill9-runner-then-up",
  levels: ["D"],
  injects: "what runs compose is killed, and up typed again at once",
  expects:
    "the second up waits, or fails with Locked and who is at work; compose never works twice",
  chaos: true,
  boundMs: { D: 120_000 },
  prepare: ({ services: { migrate } }) => {
    if (migrate !== undefined) {
      const slow = { LAGO_SANDBOX_BOOT_SECONDS: String(SLOW_SECONDS) };
      migrate.environment = { ...migrate.environment, ...slow };
    }
  },
  run: async (trial) => {
    const { temporaryFolder } = trial.world;
    const watch = watchMeetings(temporaryFolder, "up");
    const over = new AbortController();
    const strike = async () => {
      const look = () => composeProcesses(temporaryFolder, "up")[0];
      const compose = await firstSeen(look, over.signal);
      if (compose === undefined) {
        return false;
      }
      const runner = runnerOf(compose);
      await delay(randomInt(0, SLOW_SECONDS * 1_000));
      kill(runner);
      return true;
    };
    try {
      const up = trial.up({}, { onStart: () => {} }).finally(() => over.abort());
      const [hit] = await Promise.all([strike(), up]);
      trial.expect(hit, "compose was not seen at work");
      const second = await trial.up();
      if (second.exitCode !== 0) {
        trial.expectFailure(second, { kind: "Locked", words: /lock/i, names: /\bpid \d+/ });
      }
    } finally {
      over.abort();
      watch.stop();
    }
    trial.expect(watch.meetings.length === 0, "compose was at work twice at once");
  },
};
