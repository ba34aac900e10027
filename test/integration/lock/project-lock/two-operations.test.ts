import { symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { eventually } from "../../../../testing/processes.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { beginRun, lockPathOf, useFarEngine } from "../../../support/locks.ts";
import { errorOf } from "../../../support/sample.ts";
import { useProject } from "./operation.ts";

const { name, operation } = useProject();

describe.runIf(process.platform === "linux")("two operations on a project", () => {
  it("are done one after the other, and the second says once whom it waits for", async () => {
    const order: string[] = [];
    const other = await beginRun(name());
    const { said, run } = operation({}, async () => {
      order.push("second");
      return "done";
    });
    const second = run();
    await eventually("the second waits", () => said.length > 0);
    await delay(100);
    order.push("first ends");
    await other.end();
    expect(await second).toBe("done");
    expect(order).toEqual(["first ends", "second"]);
    expect(said).toEqual([
      expect.stringMatching(
        `^project ${name()}: waiting up to 60 s for \`up\` \\(pid ${process.pid} on ${hostname()}, since \\d{4}-`,
      ),
    ]);
  });

  it("never meet, however many there are", async () => {
    let [working, most] = [0, 0];
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await delay(10);
      working -= 1;
      return "done";
    };
    const all = Array.from({ length: 8 }, () => operation({}, work).run());
    expect(await Promise.all(all)).toEqual(Array(8).fill("done"));
    expect(most).toBe(1);
  });

  it.each([
    [0, []],
    [0.3, [expect.stringContaining("waiting up to 0.3 s")]],
  ])("let the second fail when it may wait for %d s only", async (timeoutSeconds, expected) => {
    const other = await beginRun(name());
    const work = vi.fn(async () => "done");
    const { said, run } = operation({ timeoutSeconds }, work);
    const begun = performance.now();
    const error = await errorOf(run());
    expect(performance.now() - begun).toBeGreaterThanOrEqual(timeoutSeconds * 1000);
    expect(error.kind).toBe("Locked");
    expect(error.message).toContain(`\`down\` of project ${name()} was not begun: \`up\` (pid`);
    expect(error.message).toContain(`\`kill ${process.pid}\``);
    expect(error.message).toContain(lockPathOf(name()));
    expect(said).toEqual(expected);
    expect(work).not.toHaveBeenCalled();
    await other.end();
    expect(await run()).toBe("done");
  });

  it("let the second be canceled while it waits", async () => {
    const other = await beginRun(name());
    const canceler = new AbortController();
    const { said, run } = operation({ signal: canceler.signal });
    const waiting = errorOf(run());
    await eventually("the second waits", () => said.length > 0);
    canceler.abort();
    expect(await waiting).toMatchObject({
      kind: "Canceled",
      message: `Waiting for the lock of project ${name()} was canceled. Nothing was touched.`,
    });
    await other.end();
  });

  it("do not wait for each other when project or engine differ", async () => {
    const other = await beginRun(name());
    expect(await operation({ project: `${name()}-b`, timeoutSeconds: 0 }).run()).toBe("done");
    vi.stubEnv("DOCKER_HOST", "tcp://127.0.0.1:2");
    expect(await operation({ timeoutSeconds: 0 }).run()).toBe("done");
    await other.end();
  });

  it("wait for each other when they name the engine's socket in two ways", async () => {
    const socket = `${lockPathOf(name())}.sock`;
    writeFileSync(socket, "");
    symlinkSync(socket, `${socket}-link`);
    vi.stubEnv("DOCKER_HOST", `unix://${socket}`);
    const other = await beginRun(name());
    vi.stubEnv("DOCKER_HOST", `unix://${socket}-link`);
    expect((await errorOf(operation({ timeoutSeconds: 0 }).run())).kind).toBe("Locked");
    await other.end();
  });

  it("find the engine by docker's context where no variable names it", async () => {
    // Its files are not there, so that docker itself is asked.
    const docker = useFakeDocker({ "context inspect": { stdout: "tcp://127.0.0.1:1\n" } });
    vi.stubEnv("DOCKER_HOST", "");
    vi.stubEnv("DOCKER_CONTEXT", "zbl-test");
    const other = await beginRun(name());
    expect(docker.calls("context inspect")).toHaveLength(1);
    // The same address, as a variable has it.
    useFarEngine();
    expect((await errorOf(operation({ timeoutSeconds: 0 }).run())).kind).toBe("Locked");
    await other.end();
  });
});
