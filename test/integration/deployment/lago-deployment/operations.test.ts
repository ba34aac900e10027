import { describe, expect, it, vi } from "vitest";
import { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../../src/deployment/options.ts";
import { LagoConfig } from "../../../../src/lago/config/lago-config.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import {
  deploymentOf as deploymentWith,
  errorOf,
  LAGO_PATH,
  SMALL,
} from "../../../support/sample.ts";

const BY_NAME = ["compose", "--ansi", "never", "--project-name", "lago-test"];

const CONFIG = new LagoConfig({ secretKeyBase: "0".repeat(32) });
const deploymentOf = (options: LagoDeploymentOptions = {}) => deploymentWith(options, CONFIG);

describe("what needs the project's name only", () => {
  it.each<[string, (deployment: LagoDeployment) => Promise<unknown>, string[]]>([
    ["stop", (d) => d.stop(), ["down", "--remove-orphans"]],
    [
      "stop with its data",
      (d) => d.stop({ removeVolumesOf: "lago-test" }),
      ["down", "--remove-orphans", "--volumes"],
    ],
    ["restart", (d) => d.restart(), ["restart"]],
    [
      "restart of some",
      (d) => d.restart(["api", "--all"]),
      ["restart", "--no-deps", "--", "api", "--all"],
    ],
    ["status", (d) => d.project.status(), ["ps", "--all", "--no-trunc", "--format", "json"]],
  ])("%s", async (_, operation, args) => {
    const docker = useFakeDocker();
    await operation(deploymentOf());
    expect(docker.calls()).toHaveLength(1);
    const [call] = docker.calls();
    expect(call?.args).toEqual([...BY_NAME, ...args]);
    expect(call?.cwd).toBe("/");
    expect(call?.stdin).toBe("");
    expect(call?.env).not.toHaveProperty("SECRET_KEY_BASE");
  });

  it.each(["lago-prod", "", "true"])(
    "stop with the data of %j is refused",
    async (removeVolumesOf) => {
      const docker = useFakeDocker();
      const error = await errorOf(deploymentOf().stop({ removeVolumesOf }));
      expect(error.kind).toBe("InvalidConfig");
      expect(error.message).toContain("lago-test");
      expect(docker.calls()).toEqual([]);
    },
  );

  it("status is looked for again when a container was replaced under compose's eyes", async () => {
    const gone = { stderr: "Error response from daemon: No such container: 45710d\n", exitCode: 1 };
    const docker = useFakeDocker({ ps: [gone, gone, { stdout: psLine("api") }] });
    expect((await deploymentOf().status()).services).toEqual([["api", "Running"]]);
    expect(docker.calls("ps")).toHaveLength(3);
    const always = useFakeDocker({ ps: gone });
    await expect(deploymentOf().status()).rejects.toThrow("No such container");
    expect(always.calls("ps")).toHaveLength(5);
  });

  it.each<[string, Parameters<LagoDeployment["logs"]>, string[]]>([
    ["of all", [], ["--tail=100"]],
    ["of all, shorter", [undefined, 3], ["--tail=3"]],
    ["of one", ["api", 0], ["--tail=0", "--", "api"]],
    ["of one with an odd name", ["--follow"], ["--tail=100", "--", "--follow"]],
  ])("logs %s", async (_, args, expected) => {
    const docker = useFakeDocker({ logs: { stdout: "api-1  | x\n" } });
    await deploymentOf().logs(...args);
    expect(docker.call("logs").args).toEqual([...BY_NAME, "logs", "--no-color", ...expected]);
  });

  it.each([-1, 1.5, Number.NaN, Infinity, 2 ** 60])(
    "logs of %d lines are refused",
    async (tail) => {
      const docker = useFakeDocker();
      await expect(deploymentOf().logs("api", tail)).rejects.toMatchObject({
        kind: "InvalidConfig",
      });
      expect(docker.calls()).toEqual([]);
    },
  );
});

describe("results", () => {
  it("of status are what `ps` lists", async () => {
    useFakeDocker({
      ps: {
        stdout: psLine("db") + psLine("migrate", { State: "exited", Health: "", ExitCode: 3 }),
      },
    });
    expect(await deploymentOf().status()).toMatchObject({
      running: true,
      services: [
        ["db", "Running"],
        ["migrate", "Stopped"],
      ],
      containers: [{ health: "healthy" }, { exitCode: 3 }],
    });
  });

  it("of status tell a service whose work is done from one that is down", async () => {
    const ended = { State: "exited", Health: "", ExitCode: 0 };
    const docker = useFakeDocker({
      ps: { stdout: psLine("db") + psLine("front", ended) + psLine("seed", ended) },
      "container inspect": {
        stdout: JSON.stringify([
          {
            Id: "front-id",
            Config: {
              Image: "getlago/front:v1",
              Labels: { "com.docker.compose.service": "front" },
            },
          },
          { Id: "seed-id", Config: { Labels: { "com.docker.compose.service": "seed" } } },
        ]),
      },
    });
    expect((await deploymentOf().status()).services).toEqual([
      ["db", "Running"],
      ["front", "Stopped"],
      ["seed", "Completed"],
    ]);
    expect(docker.calls("ps")).toHaveLength(1);
  });

  it("of status have the services of the files, where these can be read", async () => {
    useFakeDocker({ ...SMALL, ps: { stdout: psLine("db") } });
    const { ready, services } = await deploymentOf().status();
    expect(ready).toBe(false);
    expect(services).toEqual([
      ["api", "Missing"],
      ["db", "Running"],
    ]);
  });

  it("of logs are text that is safe in a terminal", async () => {
    useFakeDocker({ logs: { stdout: "\u001b[2Kapi-1  | \u001b[31mred\u0007\r\n" } });
    expect(await deploymentOf().logs()).toBe("api-1  | red\n");
  });

  it("of a start do not wait for anything but compose", async () => {
    const docker = useFakeDocker({
      ...SMALL,
      ps: { stdout: psLine("db", { Health: "starting" }) },
    });
    await deploymentOf().start();
    expect(docker.calls("ps")).toEqual([]);
  });
});

describe("withConfig", () => {
  it("returns another deployment and leaves the first as it was", async () => {
    const docker = useFakeDocker(SMALL);
    const first = deploymentOf();
    const second = first.withConfig(new LagoConfig({ secretKeyBase: "1".repeat(32) }));
    expect(second).not.toBe(first);
    await first.start();
    await second.start();
    const keys = docker.calls("up").map(({ env }) => env.SECRET_KEY_BASE);
    expect(keys).toEqual(["0".repeat(32), "1".repeat(32)]);
    expect(second.project.name).toBe("lago-test");
    expect(second.options).toEqual(first.options);
  });

  it("touches nothing before an operation is called", () => {
    const docker = useFakeDocker(SMALL);
    const onProgress = vi.fn();
    deploymentOf({ onProgress }).withConfig(new LagoConfig());
    expect(docker.calls()).toEqual([]);
    expect(onProgress).not.toHaveBeenCalled();
  });
});

it("is called after its folder when no name is given", () => {
  expect(new LagoDeployment(LAGO_PATH).project.name).toBe("every-feature");
});
