/** Compose and what runs it are found among the processes of a trial, and nobody else's. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  composeProcesses,
  firstSeen,
  kill,
  runnerOf,
  watchMeetings,
} from "../../../../faults/watch/compose-processes.ts";
import { endProcesses, processesWith } from "../../../../faults/watch/processes.ts";
import { run } from "../../../../src/process/run.ts";

/** Goes by compose's name and works on `up`. */
const COMPOSE = 'exec -a docker-compose sh -c "sleep 30; :" - up';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-faults-"));
  onTestFinished(async () => {
    await endProcesses(folder);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Starts a script in a trial's folder and returns its id. */
function start(folder: string, script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    run("bash", ["-c", script], {
      env: { PATH: process.env.PATH ?? "", TMPDIR: folder },
      timeoutMs: 20_000,
      onStart: resolve,
    }).catch(reject);
  });
}

const seen = (folder: string) =>
  firstSeen(() => composeProcesses(folder, "up")[0], AbortSignal.timeout(5_000));

describe.runIf(process.platform === "linux")("on Linux", () => {
  it("names the program that runs compose, past shells", async () => {
    const folder = newFolder();
    const runner = await start(folder, `sh -c 'bash -c '"'"'${COMPOSE}'"'"' & wait' & wait`);
    const compose = (await seen(folder)) ?? 0;
    expect(runnerOf(compose)).toBe(runner);
  });

  it("names compose itself where a person typed it", async () => {
    const folder = newFolder();
    const typed = await start(folder, COMPOSE);
    expect(await seen(folder)).toBe(typed);
    expect(runnerOf(typed)).toBe(typed);
  });

  it("names compose once where it has just forked", async () => {
    const folder = newFolder();
    const typed = await start(folder, 'exec -a docker-compose bash -c "(sleep 30; :); :" - up');
    const forked = () => processesWith(folder).length > 1 || undefined;
    expect(await firstSeen(forked, AbortSignal.timeout(5_000))).toBe(true);
    expect(composeProcesses(folder, "up")).toEqual([typed]);
  });

  it("sees two at work at one time, and none of another trial or command", async () => {
    const folder = newFolder();
    const watch = watchMeetings(folder, "up");
    onTestFinished(() => watch.stop());
    await start(folder, COMPOSE);
    await start(newFolder(), COMPOSE);
    await seen(folder);
    expect(composeProcesses(folder, "down")).toEqual([]);
    expect(watch.meetings).toEqual([]);

    await start(folder, COMPOSE);
    const met = await firstSeen(() => watch.meetings[0], AbortSignal.timeout(5_000));
    expect(met).toHaveLength(2);
    met?.forEach(kill);
  });

  it("stops looking when it is told to", async () => {
    expect(await firstSeen(() => undefined, AbortSignal.timeout(100))).toBeUndefined();
  });
});
