import { describe, expect, it } from "vitest";
import {
  cutShortText,
  lockedError,
  type Occupant,
  type Waiting,
  waitingText,
} from "../../../src/lock/holders.ts";

const RUN: Waiting = {
  project: "lago-dev",
  operation: "down",
  path: "/run/lock/z-billing-lago/lago-dev-0123456789abcdef.lock",
  timeoutSeconds: 60,
};
const NOTE = { pid: 4711, host: "ci-7", operation: "up", startedAt: "2026-01-02T03:04:05.678Z" };
const UP = "`up` (pid 4711 on ci-7, since 2026-01-02T03:04:05.678Z)";
const OWN: Occupant = { note: NOTE, holders: [{ pid: 4711, program: "node" }], host: "ci-7" };

const linesOf = (run: Waiting, occupant: Occupant) =>
  lockedError(run, occupant).message.split("\n");

describe("a run that waited in vain", () => {
  it("is told who is at work, since when, what to do, and what not to", () => {
    expect(lockedError(RUN, OWN).kind).toBe("Locked");
    expect(linesOf(RUN, OWN)).toEqual([
      `\`down\` of project lago-dev was not begun: ${UP} is at work on it and did not end within 60 s. Nothing was touched.`,
      "Run the same command again when that is done, or have it wait for longer with lockTimeoutSeconds (on the command line: --lock-timeout).",
      "If it hangs, look at it with `ps -fp 4711` and end it with `kill 4711`: what it began stays as it is, and the next run goes on from there.",
      `The lock lies on ${RUN.path} and is let go of however its holder ends. Do not delete the file: two runs could then be at work at once.`,
    ]);
  });

  it("is not said to have waited when it was not to", () => {
    const [first] = linesOf({ ...RUN, timeoutSeconds: 0 }, OWN);
    expect(first).toContain(`${UP} is at work on it. Nothing`);
  });

  it("is told on which host to look, where that is another one", () => {
    const message = lockedError(RUN, { note: NOTE, holders: [], host: "ci-8" }).message;
    expect(message).toContain("look at it, on ci-7, with `ps -fp 4711`");
  });

  it("is told of what a killed run left at work, and to end that", () => {
    const holders = [
      { pid: 4712, program: "docker" },
      { pid: 4713, program: "docker-compose" },
    ];
    const message = lockedError(RUN, { ...OWN, holders }).message;
    expect(message).toContain(
      `what an ended ${UP} left behind, docker (pid 4712), docker-compose (pid 4713), is at work`,
    );
    expect(message).toContain("`ps -fp 4712,4713` and end it with `kill 4712 4713`");
  });

  it("is told of the processes where no note names anybody", () => {
    const message = lockedError(RUN, { ...OWN, note: undefined }).message;
    expect(message).toContain("not begun: node (pid 4711) is at work");
    expect(message).toContain("`kill 4711`");
  });

  it("is told what is known where nothing can be found out", () => {
    const lines = linesOf(RUN, { note: undefined, holders: [], host: "ci-7" });
    expect(lines[0]).toContain("another operation is at work");
    expect(lines.join()).not.toContain("kill");
  });

  it("is not told of hundreds of processes", () => {
    const holders = Array.from({ length: 300 }, (_, n) => ({ pid: 5000 + n, program: "docker" }));
    const { message } = lockedError(RUN, { note: undefined, holders, host: "ci-7" });
    expect(message).toContain("docker (pid 5007) and 292 more");
    expect(message.length).toBeLessThan(1_500);
  });
});

it("says once how long it will wait for whom", () => {
  expect(waitingText(RUN, OWN)).toBe(`waiting up to 60 s for ${UP}`);
});

it("says that an earlier run was cut short, by name where it left one", () => {
  expect(cutShortText(NOTE)).toBe(
    `an earlier ${UP} ended without finishing; going on from where it left`,
  );
  expect(cutShortText("unreadable")).toMatch(/^an earlier run ended without finishing; /);
});
