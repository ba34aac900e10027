/** The watch over processes, arguments and files sees what is planted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchMemory } from "../../../faults/watch/memory.ts";
import {
  endProcesses,
  lingeringProcesses,
  processesWith,
} from "../../../faults/watch/processes.ts";
import { SecretSearch } from "../../../faults/watch/secret-search.ts";
import { watchSecrets } from "../../../faults/watch/secret-watch.ts";
import { run } from "../../../src/process/run.ts";

const SECRET = "s3cr3t-of-sixteen-and-more";
const search = new SecretSearch({ KEY: SECRET });

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-faults-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const inFolder = (folder: string) => ({
  env: { PATH: process.env.PATH ?? "", TMPDIR: folder },
  timeoutMs: 10_000,
});

describe.runIf(process.platform === "linux")("on Linux", () => {
  it("sees a secret in the arguments of a grandchild", async () => {
    const folder = newFolder();
    const watch = watchSecrets(search, folder);
    await run(
      "sh",
      ["-c", 'sleep 0.2; sh -c "sleep 0.2" "$(printf %s s3cr3t-of-sixteen-)and-more"'],
      {
        ...inFolder(folder),
      },
    );
    expect(watch.stop()).toEqual(["KEY (raw) in the arguments of sh"]);
    expect(watch.looks()).toBeGreaterThan(5);
  });

  it("measures the most memory that a program had, also when it has given it back", async () => {
    const folder = newFolder();
    const script = join(folder, "takes-memory.mjs");
    const waits = "await new Promise((resolve) => setTimeout(resolve, 300));";
    writeFileSync(script, `Buffer.alloc(100e6, 1).buffer.transfer(0); ${waits}`);
    const stop = watchMemory(folder);
    await run(process.execPath, [script], inFolder(folder));
    const [[program = "", peakMb = 0] = []] = Object.entries(stop());
    expect(program).toBe("node takes-memory.mjs");
    expect(peakMb).toBeGreaterThan(100);
    expect(peakMb).toBeLessThan(300);
  });

  it("sees a secret in a file that is removed again", async () => {
    const folder = newFolder();
    const watch = watchSecrets(search, folder);
    mkdirSync(join(folder, "deep"));
    const file = join(folder, "deep", "settings");
    writeFileSync(file, encodeURIComponent(`${SECRET}`));
    await delay(100);
    rmSync(file);
    expect(watch.stop()).toEqual([`KEY (raw) in the file ${file}`]);
  });

  it("sees nothing where nothing is", async () => {
    const folder = newFolder();
    const watch = watchSecrets(search, folder);
    await run("sleep", ["0.1"], inFolder(folder));
    expect(watch.stop()).toEqual([]);
  });

  it("finds a process that has left its group and its parent, and ends it", async () => {
    const folder = newFolder();
    const script = "setsid sleep 300 > /dev/null 2>&1 &";
    await run("sh", ["-c", script], inFolder(folder));
    await delay(200);
    expect(processesWith(folder)).toMatchObject([{ command: "sleep 300" }]);
    expect(await lingeringProcesses(folder, 100)).toHaveLength(1);
    await endProcesses(folder);
    expect(processesWith(folder)).toEqual([]);
  });
});
