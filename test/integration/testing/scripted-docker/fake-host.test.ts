/** What fault cases ask of the fake docker beyond answers in turn. */
import { chmodSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { run } from "../../../../src/process/run.ts";
import { createFakeHost } from "../../../../testing/scripted-docker/fake-host.ts";

function newHost() {
  const host = createFakeHost();
  onTestFinished(() => host.dispose());
  const docker = host.docker({});
  const call = (...args: string[]) =>
    run("docker", args, {
      env: { PATH: host.path, SOME: "value" },
      timeoutMs: 10_000,
      stdin: "in",
    });
  return { host, docker, call };
}

it("answers by the state that an answer has set", async () => {
  const { docker, call } = newHost();
  docker.answer({ up: { sets: "up" }, ps: { stdout: "none" }, "ps@up": { stdout: "some" } });
  expect((await call("compose", "ps")).stdout).toBe("none");
  await call("compose", "-p", "lago", "up", "-d");
  expect(docker.state()).toBe("up");
  expect(docker.calls("up")[0]).toMatchObject({ sets: "up", env: { SOME: "value" } });
  expect((await call("compose", "ps")).stdout).toBe("some");
});

it("forgets replaced answers, and begins with the first of new ones", async () => {
  const { docker, call } = newHost();
  docker.answer({ other: { stdout: "a" }, pull: [{ exitCode: 3 }, {}] });
  expect((await call("compose", "pull")).exitCode).toBe(3);
  expect((await call("compose", "pull")).exitCode).toBe(0);
  docker.answerAll({ pull: [{ exitCode: 4 }, {}] });
  expect((await call("compose", "pull")).exitCode).toBe(4);
  expect((await call("compose", "other")).exitCode).toBe(97);
});

it("lets a program answer, which sets the state when it ends well", async () => {
  const { host, docker, call } = newHost();
  const program = join(dirname(host.path), "program");
  const script = '#!/bin/sh\necho "$* $SOME $(cat)"\ncase "$*" in *fail*) exit 5 ;; esac\n';
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  docker.answer({ up: { program, sets: "up" } });
  expect(await call("compose", "up", "fail")).toMatchObject({ exitCode: 5 });
  expect(docker.state()).toBe("");
  expect((await call("compose", "up")).stdout).toBe("compose up value in\n");
  expect(docker.state()).toBe("up");
});
