import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import {
  type Script,
  useFakeDocker,
  useNoDocker,
} from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SECRETS, SMALL, secretsIn } from "../../../support/sample.ts";

describe("docker that is not there", () => {
  it.each<[string, (deployment: LagoDeployment) => Promise<unknown>]>([
    ["start", (d) => d.start()],
    ["stop", (d) => d.stop()],
    ["restart", (d) => d.restart()],
    ["pull", (d) => d.pull()],
    ["status", (d) => d.status()],
    ["logs", (d) => d.logs()],
  ])("is named by %s", async (_, operation) => {
    useNoDocker();
    const error = await errorOf(operation(deploymentOf()));
    expect(error.kind).toBe("DockerNotAvailable");
    expect(error.message).toMatch(/docker program was not found.*Install/);
  });
});

describe("compose that is too old", () => {
  it.each(["2.24.3", "v2.17.3", "1.29.2", "dev"])(
    "is told, whatever it makes of the files, before anything is done: %s",
    async (version) => {
      const config = { exitCode: 1, stderr: "unknown flag: --no-interpolate" };
      const docker = useFakeDocker({ version: { stdout: `${version}\n` }, config });
      const error = await errorOf(deploymentOf().start());
      expect(error.kind).toBe("ComposeTooOld");
      expect(error.message).toContain(version);
      expect(error.message).toContain("2.24.4");
      expect(error.message).toMatch(/`\.\/zbl doctor`.*run the same command again/);
      expect(docker.calls().map(({ verb }) => verb)).toEqual(
        expect.arrayContaining(["version", "config"]),
      );
      expect(docker.calls()).toHaveLength(2);
    },
  );

  it("may be missing altogether", async () => {
    const stderr = "unknown flag: --ansi\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n";
    useFakeDocker({ version: { exitCode: 125, stderr } });
    const error = await errorOf(deploymentOf().start());
    expect(error).toMatchObject({ kind: "ComposeTooOld", exitCode: 125 });
    expect(error.message).toContain("no compose plugin");
  });
});

const DOWN = {
  exitCode: 1,
  stderr:
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
};

describe("an engine that is down", () => {
  it.each<[string, (deployment: LagoDeployment) => Promise<unknown>]>([
    ["start", (d) => d.start()],
    ["stop", (d) => d.stop()],
    ["restart", (d) => d.restart()],
    ["pull", (d) => d.pull()],
    ["status", (d) => d.status()],
    ["logs", (d) => d.logs()],
  ])("is named by %s, with docker's own words", async (_, operation) => {
    useFakeDocker({
      ...SMALL,
      up: DOWN,
      down: DOWN,
      restart: DOWN,
      pull: DOWN,
      ps: DOWN,
      logs: DOWN,
    });
    const error = await errorOf(operation(deploymentOf()));
    expect(error).toMatchObject({ kind: "DaemonUnreachable", exitCode: 1 });
    expect(error.message).toContain("lago-test");
    expect(error.message).toContain("systemctl start docker");
    expect(error.message).toContain("unix:///var/run/docker.sock");
    expect(error.stderr).toBe(DOWN.stderr.trim());
  });
});

describe("a command that fails", () => {
  const failing = (stderr: string): Script => ({ ...SMALL, up: { exitCode: 17, stderr } });

  it("tells its exit code and its last words", async () => {
    useFakeDocker(failing("first\n\u001b[31mError response from daemon: odd\u001b[0m\r\n"));
    const error = await errorOf(deploymentOf().start());
    expect(error).toMatchObject({ kind: "CommandFailed", exitCode: 17 });
    expect(error.stderr).toBe("first\nError response from daemon: odd");
    expect(error.message).toContain("Starting the services of project lago-test failed");
  });

  it("gives no secret away, in any form", async () => {
    const shown = Object.values(SECRETS).flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString("base64"),
    ]);
    useFakeDocker(failing(shown.join("\n")));
    const error = await errorOf(deploymentOf().start());
    expect(error.stderr).toContain("[secret]");
    expect(secretsIn(inspect(error, { depth: 10, showHidden: true }))).toEqual([]);
  });

  it("shows no more than a person reads", async () => {
    useFakeDocker(failing(`${"x".repeat(99)}\n`.repeat(2_000)));
    const error = await errorOf(deploymentOf().start());
    expect(error.message.length).toBeLessThan(6_000);
  });

  it("speaks on standard output when it does not on the other", async () => {
    useFakeDocker({ ...SMALL, up: { exitCode: 1, stdout: "no such service: x" } });
    expect(await errorOf(deploymentOf().start())).toMatchObject({ kind: "ServiceNotFound" });
  });
});
