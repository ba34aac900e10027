import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { LagoConfig } from "../../../src/config/lago-config.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { psLine, useFakeDocker } from "../../support/fake-docker.ts";
import { COMPOSE_FILE, EVERY_FEATURE, LAGO_PATH, SMALL } from "../../support/sample.ts";

const BY_NAME = ["compose", "--ansi", "never", "--project-name", "lago-test"];
const BY_FILE = [...BY_NAME, "--project-directory", LAGO_PATH, "--file", COMPOSE_FILE];

function deploymentOf(options: LagoDeploymentOptions = {}) {
  return new LagoDeployment(
    LAGO_PATH,
    { projectName: "lago-test", ...options },
    new LagoConfig({ secretKeyBase: "0".repeat(32) }),
  );
}

describe("start", () => {
  it("is `up --detach`, with the override on standard input", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf().start();
    const up = docker.call("up");
    expect(up.args).toEqual([...BY_FILE, "--file", "-", "up", "--detach", "--pull", "missing"]);
    expect(up.cwd).toBe(LAGO_PATH);
    expect(Object.keys(parse(up.stdin, { logLevel: "silent" }).services)).toEqual([
      "api",
      "db",
      "migrate",
    ]);
  });

  it("asks for the version before anything, and reads the files without their values", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf().start();
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["version", "config", "up"]);
    const config = ["config", "--no-interpolate", "--format", "json"];
    expect(docker.call("config").args).toEqual([...BY_FILE, ...config]);
  });

  it("hands on ports, restart token, profiles, files and pull policy", async () => {
    const docker = useFakeDocker(EVERY_FEATURE);
    const environment = { POSTGRES_PASSWORD: "x" };
    await deploymentOf({
      environment,
      composeFiles: ["docker-compose.yml", "docker-compose.yml"],
      profiles: ["tools", "more"],
      ports: { api: 4000 },
      restartToken: "7",
      startTimeoutSeconds: 42,
      pullPolicy: "never",
    }).start();
    const { args, stdin } = docker.call("up");
    expect(args).toEqual([
      ...BY_FILE,
      ...["--file", COMPOSE_FILE, "--profile", "tools", "--profile", "more", "--file", "-"],
      ...["up", "--detach", "--pull", "never"],
    ]);
    const { services } = parse(stdin, { logLevel: "silent" });
    expect(services.api.ports).toEqual(["127.0.0.1:4000:3000"]);
    expect(services.api.labels).toEqual({ "z-billing-lago.restart-token": "7" });
    expect(services.db.healthcheck.start_period).toBe("42s");
    expect(services.console).toBeDefined();
  });

  it("lays nothing over the files when the deployment is not to be isolated", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ isolated: false }).start();
    expect(docker.call("up").args).toEqual([...BY_FILE, "up", "--detach", "--pull", "missing"]);
    expect(docker.call("up").stdin).toBe("");
  });

  it("takes a pull policy for one call", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ pullPolicy: "never" }).start({ pullPolicy: "always" });
    expect(docker.call("up").args.slice(-2)).toEqual(["--pull", "always"]);
  });

  it("reads the files once, however often it is called", async () => {
    const docker = useFakeDocker(SMALL);
    const deployment = deploymentOf();
    await Promise.all([deployment.start(), deployment.start()]);
    await deployment.start();
    expect(docker.calls("config")).toHaveLength(1);
    expect(docker.calls("up")).toHaveLength(3);
  });

  it("can succeed after a failure that is put right", async () => {
    const docker = useFakeDocker({
      ...SMALL,
      version: [
        { exitCode: 1, stderr: "Cannot connect to the Docker daemon" },
        { stdout: "5.6.0" },
      ],
    });
    const deployment = deploymentOf();
    await expect(deployment.start()).rejects.toMatchObject({ kind: "DaemonUnreachable" });
    await deployment.start();
    expect(docker.calls("up")).toHaveLength(1);
  });
});

describe("pull", () => {
  it.each([
    [undefined, undefined, "always"],
    ["missing", undefined, "missing"],
    ["never", "always", "always"],
  ] as const)(
    "with policy %s, and %s for the call, is `pull --policy %s`",
    async (own, call, policy) => {
      const docker = useFakeDocker(SMALL);
      await deploymentOf({ pullPolicy: own }).pull({ pullPolicy: call });
      const { args, cwd } = docker.call("pull");
      expect(args).toEqual([...BY_FILE, "--file", "-", "pull", "--quiet", "--policy", policy]);
      expect(cwd).toBe(LAGO_PATH);
    },
  );

  it("does nothing when nothing is ever to be pulled", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ pullPolicy: "never" }).pull();
    expect(docker.calls()).toEqual([]);
  });
});

describe("what needs the project's name only", () => {
  it.each<[string, (deployment: LagoDeployment) => Promise<unknown>, string[]]>([
    ["stop", (d) => d.stop(), ["down", "--remove-orphans"]],
    [
      "stop with its data",
      (d) => d.stop({ removeVolumes: true }),
      ["down", "--remove-orphans", "--volumes"],
    ],
    ["restart", (d) => d.restart(), ["restart"]],
    ["restart of some", (d) => d.restart(["api", "--all"]), ["restart", "--", "api", "--all"]],
    ["status", (d) => d.status(), ["ps", "--all", "--no-trunc", "--format", "json"]],
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
