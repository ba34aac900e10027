import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { flock } from "../../../../src/lock/file-lock.ts";
import { createFakeHost } from "../../../../testing/scripted-docker/fake-docker.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-flock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Opens a file for itself until the running test is done. */
function open(path: string): number {
  const descriptor = openSync(path, "a+");
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

describe.runIf(process.platform === "linux")("the system's flock", () => {
  it("locks what was opened, for whoever opened it", async () => {
    const path = join(newFolder(), "a.lock");
    const [first, second] = [open(path), open(path)];
    expect(await flock(first, 0, undefined)).toEqual({ outcome: "locked" });
    expect(await flock(first, 0, undefined)).toEqual({ outcome: "locked" });
    expect(await flock(second, 0, undefined)).toEqual({ outcome: "held" });
    expect(await flock(second, 100, undefined)).toEqual({ outcome: "held" });
  });

  it("waits until the lock is free, and no longer", async () => {
    const path = join(newFolder(), "a.lock");
    const first = openSync(path, "a+");
    await flock(first, 0, undefined);
    const waiting = flock(open(path), 20_000, undefined);
    const ended = await Promise.race([waiting, flock(open(path), 200, undefined)]);
    expect(ended).toEqual({ outcome: "held" });
    closeSync(first);
    expect(await waiting).toEqual({ outcome: "locked" });
  });

  it("can be told to wait no more", async () => {
    const path = join(newFolder(), "a.lock");
    await flock(open(path), 0, undefined);
    const canceler = new AbortController();
    const waiting = flock(open(path), 20_000, canceler.signal);
    canceler.abort();
    expect(await waiting).toEqual({ outcome: "canceled" });
    expect(await flock(open(path), 0, canceler.signal)).toEqual({ outcome: "canceled" });
  });
});

describe("another flock", () => {
  /** Puts a program in its place that does as the text says. */
  function useFlock(text: string): void {
    const folder = newFolder();
    writeFileSync(join(folder, "flock"), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, "flock"), 0o755);
    vi.stubEnv("PATH", folder);
  }

  it.each([
    ["says nothing when somebody has the lock", "exit 1", { outcome: "held" }],
    [
      "says why it cannot lock, as busybox does",
      "echo 'flock: Bad file descriptor' >&2; exit 1",
      { outcome: "failed", reason: "flock: Bad file descriptor" },
    ],
    [
      "says why it cannot lock, as util-linux does",
      "echo 'flock: 3: No locks available' >&2; exit 71",
      { outcome: "failed", reason: "flock: 3: No locks available" },
    ],
    [
      "says nothing of why it cannot lock",
      "exit 64",
      { outcome: "failed", reason: "flock ended with exit code 64" },
    ],
  ])("that %s is understood", async (_, text, expected) => {
    useFlock(text);
    expect(await flock(open(join(newFolder(), "a.lock")), 0, undefined)).toEqual(expected);
  });

  it("gets the file as descriptor 3, and no option that not every one knows", async () => {
    const folder = newFolder();
    useFlock(`echo "$*" >> ${folder}/said; [ /dev/fd/3 -ef ${folder}/a.lock ]`);
    const descriptor = open(join(folder, "a.lock"));
    expect(await flock(descriptor, 0, undefined)).toEqual({ outcome: "locked" });
    expect(await flock(descriptor, 1_000, undefined)).toEqual({ outcome: "locked" });
    expect(readFileSync(join(folder, "said"), "utf8")).toBe("-n 3\n3\n");
  });

  it("may not be there", async () => {
    const host = createFakeHost();
    rmSync(join(host.path, "flock"), { force: true });
    vi.stubEnv("PATH", host.path);
    onTestFinished(() => host.dispose());
    const descriptor = open(join(newFolder(), "a.lock"));
    expect(await flock(descriptor, 0, undefined)).toEqual({ outcome: "no-program" });
  });
});
