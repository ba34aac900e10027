import { describe, expect, it } from "vitest";
import { locksIn } from "../../../../src/pulumi/cli/stack-lock.ts";

describe("what Pulumi says of a lock", () => {
  it("names whoever holds it, and when it was taken", () => {
    const stderr = [
      "error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
      "  file:///b/.pulumi/locks/organization/p/dev/8279.json?no_tmp_dir=true: created by root@vm (pid 6058) at 2026-11-25T23:39:08Z",
      "  s3://bucket/.pulumi/locks/organization/p/dev/8280.json: created by ci@host-2 (pid 7) at 2026-11-25T23:40:00Z",
    ].join("\n");
    expect(locksIn(stderr)).toEqual([
      {
        holder: "root@vm (pid 6058) at 2026-11-25T23:39:08Z",
        process: { host: "vm", pid: 6058, takenAtMs: Date.parse("2026-11-25T23:39:08Z") },
      },
      {
        holder: "ci@host-2 (pid 7) at 2026-11-25T23:40:00Z",
        process: { host: "host-2", pid: 7, takenAtMs: Date.parse("2026-11-25T23:40:00Z") },
      },
    ]);
  });

  it("names nobody on Pulumi Cloud, nor in words that are not known", () => {
    const conflict = "error: [409] Conflict: Another update is currently in progress.";
    expect(locksIn(conflict)[0]?.process).toBeUndefined();
    expect(locksIn("error: the stack is currently locked by 1 lock(s).")).toEqual([
      { holder: "another run" },
    ]);
  });

  it("is nothing where it failed for another reason", () => {
    expect(locksIn("error: getting stack configuration: incorrect passphrase")).toEqual([]);
  });
});
