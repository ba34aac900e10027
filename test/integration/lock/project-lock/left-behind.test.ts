/** What is found where the lock is to be: a note of another run, another file, no way to lock it. */
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { describe, expect, it, vi } from "vitest";
import { eventually } from "../../../../testing/processes.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { beginRun, lockPathOf } from "../../../support/locks.ts";
import { errorOf } from "../../../support/sample.ts";
import { useProject } from "./operation.ts";

const { name, operation } = useProject();

describe.runIf(process.platform === "linux")("the note", () => {
  const noteOf = () => readFileSync(lockPathOf(name()), "utf8");

  it("says who works, and is cleared at the end, also of work that fails", async () => {
    const begun = Date.now();
    let note = "";
    const { said, run } = operation({}, async () => {
      note = noteOf();
      throw new Error("the work failed");
    });
    await expect(run()).rejects.toThrow("the work failed");
    const { startedAt, ...who } = JSON.parse(note);
    expect(who).toEqual({ pid: process.pid, host: hostname(), operation: "down" });
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(begun);
    expect(noteOf()).toBe("");
    expect(said).toEqual([]);
    expect(await operation({ timeoutSeconds: 0 }).run()).toBe("done");
  });

  it.each([
    [
      "of a process that is gone, of this boot or another",
      JSON.stringify({
        pid: 2 ** 22 - 1,
        host: "before-the-reboot",
        operation: "up",
        startedAt: "2026-01-02T03:04:05.678Z",
      }),
      "`up` (pid 4194303 on before-the-reboot, since 2026-01-02T03:04:05.678Z)",
    ],
    [
      "of a process whose number another one has now",
      JSON.stringify({
        pid: process.pid,
        host: hostname(),
        operation: "restart",
        startedAt: "2026-01-02T03:04:05.678Z",
      }),
      `\`restart\` (pid ${process.pid} on ${hostname()}, since 2026-01-02T03:04:05.678Z)`,
    ],
    ["that is cut short itself", '{"pid":47', "run"],
  ])("%s keeps nobody out, and is told", async (_, note, who) => {
    await operation().run();
    writeFileSync(lockPathOf(name()), note);
    const { said, run } = operation({ timeoutSeconds: 0 });
    expect(await run()).toBe("done");
    expect(said).toEqual([
      `project ${name()}: an earlier ${who} ended without finishing; going on from where it left`,
    ]);
    expect(noteOf()).toBe("");
  });
});

describe.runIf(process.platform === "linux")("the lock file", () => {
  it("that was replaced during the wait is not the lock any more", async () => {
    const path = lockPathOf(name());
    const first = await beginRun(name());
    const { said, run } = operation();
    const waiting = run();
    await eventually("one waits", () => said.length > 0);
    renameSync(path, `${path}.old`);
    const second = await beginRun(name());
    await first.end();
    await eventually("it waits for the new lock", () => said.length > 1);
    await second.end();
    expect(await waiting).toBe("done");
    expect(said).toHaveLength(2);
  });

  it("that is a link is refused before anything is done", async () => {
    const work = vi.fn(async () => "done");
    symlinkSync("/nowhere", lockPathOf(name()));
    const error = await errorOf(operation({}, work).run());
    expect(error).toMatchObject({
      kind: "InvalidConfig",
      issues: [{ field: "Z_BILLING_LAGO_LOCK_FOLDER" }],
    });
    expect(error.message).toContain("is a symbolic link");
    expect(work).not.toHaveBeenCalled();
  });

  it("that cannot be locked is refused before anything is done", async () => {
    const docker = useFakeDocker();
    rmSync(`${docker.path}/flock`);
    const failing = "#!/bin/sh\necho 'flock: 3: No locks available' >&2\nexit 71\n";
    writeFileSync(`${docker.path}/flock`, failing, { mode: 0o755 });
    const work = vi.fn(async () => "done");
    const error = await errorOf(operation({}, work).run());
    expect(error.kind).toBe("InvalidConfig");
    expect(error.message).toContain("`flock` fails: flock: 3: No locks available. Nothing");
    expect(work).not.toHaveBeenCalled();
  });
});

it("goes on without a lock where there is no flock program, and says so", async () => {
  const docker = useFakeDocker();
  rmSync(`${docker.path}/flock`, { force: true });
  const { said, run } = operation();
  expect(await run()).toBe("done");
  expect(said).toEqual([
    expect.stringMatching(`^project ${name()}: warning: there is no \`flock\` .* doctor`),
  ]);
});
