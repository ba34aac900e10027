/** A process that has no use without its parent ends when that is killed. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, vi } from "vitest";
import { run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { isAlive } from "../../../../testing/processes.ts";

const ORPHAN = pathToFileURL(join(ROOT, "src/pulumi/stack/end-with-parent.ts")).href;

/** Waits for calls that never come. */
const CHILD = `
  const { endWithParent } = await import(${JSON.stringify(ORPHAN)});
  endWithParent(50);
  console.log(process.pid);
  setInterval(() => {}, 1_000);
`;
const PARENT = `
  const { spawn } = await import("node:child_process");
  const args = ["--input-type=module", "-e", process.env.CHILD];
  spawn(process.execPath, args, { stdio: "inherit" });
`;

it.runIf(process.platform !== "win32")("ends soon after a parent that was killed", async () => {
  const alive: boolean[] = [];
  let child = 0;
  let parent = 0;
  await run(process.execPath, ["--input-type=module", "-e", PARENT], {
    env: { CHILD },
    timeoutMs: 20_000,
    onStart: (pid) => {
      parent = pid;
    },
    onLine: (line) => {
      child = Number(line);
      alive.push(isAlive(child));
      process.kill(parent, "SIGKILL");
    },
  });
  expect(alive).toEqual([true]);
  await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 5_000 });
});
