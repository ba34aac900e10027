import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { LagoDeploymentOptions } from "../../../../src/deployment/options.ts";
import { LagoConfig } from "../../../../src/lago/config/lago-config.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import {
  COMPOSE_FILE,
  deploymentOf as deploymentWith,
  EVERY_FEATURE,
  LAGO_PATH,
  SMALL,
} from "../../../support/sample.ts";

const BY_NAME = ["compose", "--ansi", "never", "--project-name", "lago-test"];
const BY_FILE = [...BY_NAME, "--project-directory", LAGO_PATH, "--file", COMPOSE_FILE];

const CONFIG = new LagoConfig({ secretKeyBase: "0".repeat(32) });
const deploymentOf = (options: LagoDeploymentOptions = {}) => deploymentWith(options, CONFIG);

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

  it("asks for the version before it does anything, and reads the files without their values", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf().start();
    const verbs = docker.calls().map(({ verb }) => verb);
    expect(verbs.slice(0, 2).toSorted()).toEqual(["config", "version"]);
    expect(verbs.slice(2)).toEqual(["container ls", "up"]);
    const config = ["config", "--no-interpolate", "--format", "json"];
    expect(docker.call("config").args).toEqual([...BY_FILE, ...config]);
  });

  it("hands on ports, restart token, profiles, files and pull policy", async () => {
    const docker = useFakeDocker(EVERY_FEATURE);
    const environment = { POSTGRES_PASSWORD: "x" };
    await deploymentOf({
      environment,
      composeFiles: ["docker-compose.yml", "docker-compose.yml"],
      profiles: ["tools", "*"],
      ports: { api: 4000 },
      restartToken: "7",
      startTimeoutSeconds: 42,
      pullPolicy: "never",
    }).start();
    const { args, stdin } = docker.call("up");
    expect(args).toEqual([
      ...BY_FILE,
      ...["--file", COMPOSE_FILE, "--profile", "tools", "--profile", "*", "--file", "-"],
      ...["up", "--detach", "--pull", "never"],
    ]);
    const { services } = parse(stdin, { logLevel: "silent" });
    expect(services.api.ports).toEqual(["127.0.0.1:4000:3000"]);
    expect(services.api.labels).toEqual({ "z-billing-lago.restart-token": "7" });
    expect(services.db.healthcheck.start_period).toBe("300s");
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
