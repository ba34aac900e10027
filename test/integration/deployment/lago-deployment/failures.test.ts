import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import { LagoConfig } from "../../../../src/lago/config/lago-config.ts";
import { eventually, isAlive } from "../../../../testing/processes.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import {
  deploymentOf,
  EVERY_FEATURE,
  errorOf,
  LAGO_PATH,
  SECRETS,
  SMALL,
} from "../../../support/sample.ts";

describe("variables that the files require", () => {
  it("are all named before anything is started or pulled", async () => {
    const docker = useFakeDocker(EVERY_FEATURE);
    const bare = new LagoDeployment(LAGO_PATH, { environment: { SECRET_KEY_BASE: "" } });
    for (const operation of [() => bare.start(), () => bare.pull()]) {
      const error = await errorOf(operation());
      expect(error.kind).toBe("InvalidConfig");
      expect(error.issues).toEqual([
        { field: "POSTGRES_PASSWORD", message: 'quote " backslash \\ & <angle>' },
        { field: "SECRET_KEY_BASE", message: "is required by the compose file" },
      ]);
    }
    const verbs = docker.calls().map(({ verb }) => verb);
    expect(verbs.toSorted()).toEqual(["config", "version"]);
  });

  it("come from the config as well as from the options", async () => {
    const docker = useFakeDocker(EVERY_FEATURE);
    await deploymentOf({ environment: { POSTGRES_PASSWORD: "x" } }).start();
    expect(docker.calls("up")).toHaveLength(1);
  });
});

describe("files that compose cannot read", () => {
  it("are named, with compose's own words", async () => {
    useFakeDocker({
      config: { exitCode: 15, stderr: "yaml: line 2: mapping values are not allowed" },
    });
    const error = await errorOf(deploymentOf().start());
    expect(error).toMatchObject({ kind: "ComposeFileInvalid", exitCode: 15 });
    expect(error.message).toContain(`${LAGO_PATH}/docker-compose.yml`);
    expect(error.message).toContain("yaml: line 2: mapping values are not allowed");
  });

  it.each(["", "Usage: docker compose", "{"])(
    "may make compose print no model: %j",
    async (stdout) => {
      useFakeDocker({ config: { stdout } });
      expect(await errorOf(deploymentOf().start())).toMatchObject({ kind: "ParseError" });
    },
  );
});

describe("what cannot be deployed", () => {
  it("is refused without calling docker", () => {
    const docker = useFakeDocker();
    const empty = mkdtempSync(join(tmpdir(), "zbl-test-lago-"));
    onTestFinished(() => rmSync(empty, { recursive: true }));
    const file = join(empty, "file");
    writeFileSync(file, "");
    const cases: [() => unknown, string, string][] = [
      [() => new LagoDeployment("/zbl-test/missing"), "PathNotFound", "/zbl-test/missing"],
      [() => new LagoDeployment(file), "PathNotFound", file],
      [() => new LagoDeployment(empty), "ComposeFileNotFound", empty],
      [
        () => new LagoDeployment(LAGO_PATH, { composeFiles: ["x.yml"] }),
        "ComposeFileNotFound",
        "x.yml",
      ],
      [
        () => new LagoDeployment(LAGO_PATH, { projectName: "Bad Name" }),
        "InvalidProjectName",
        "Bad Name",
      ],
    ];
    for (const [make, kind, shown] of cases) {
      expect(make).toThrow(expect.objectContaining({ kind }));
      expect(make).toThrow(shown);
    }
    expect(docker.calls()).toEqual([]);
  });
});

describe("logs and errors of a running project", () => {
  it("hide the secrets of its settings", async () => {
    const line = `api-1  | connected with ${SECRETS.password} and ${SECRETS.secretKeyBase}\n`;
    useFakeDocker({ logs: { stdout: line } });
    const logs = await deploymentOf().logs("api");
    expect(logs).toBe("api-1  | connected with [secret] and [secret]\n");
  });

  it("name a service that there is none of", async () => {
    useFakeDocker({ logs: {}, restart: { exitCode: 1, stderr: "no such service: apj\n" }, ps: {} });
    expect(await errorOf(deploymentOf().restart(["apj"]))).toMatchObject({
      kind: "ServiceNotFound",
    });
    const error = await errorOf(deploymentOf().logs("apj"));
    expect(error).toMatchObject({ kind: "ServiceNotFound", service: "apj" });
    expect(error.message).toContain("apj");
  });
});

describe("an end from outside", () => {
  it("by deadline is told, with the time and what was said so far", async () => {
    const docker = useFakeDocker({ ...SMALL, up: { stderr: "Pulling\n", hang: true } });
    const error = await errorOf(deploymentOf().start({ timeoutMs: 600 }));
    expect(error.kind).toBe("DeadlineExceeded");
    expect(error.message).toMatch(/took longer than 1 s/);
    expect(error.message).toContain("Pulling");
    expect(isAlive(docker.call("up").pid)).toBe(false);
  });

  it("by the caller is told, and ends docker", async () => {
    const docker = useFakeDocker({ ...SMALL, up: { hang: true } });
    const canceler = new AbortController();
    const starting = errorOf(deploymentOf({ signal: canceler.signal }).start());
    await eventually("up is called", () => docker.calls("up").length === 1);
    canceler.abort();
    const error = await starting;
    expect(error.kind).toBe("Canceled");
    expect(error.message).toContain("Starting the services of project lago-test");
    expect(isAlive(docker.call("up").pid)).toBe(false);
  });

  it("before the start keeps docker from being called", async () => {
    const docker = useFakeDocker(SMALL);
    const signal = AbortSignal.abort();
    expect(await errorOf(deploymentOf({ signal }).start())).toMatchObject({ kind: "Canceled" });
    expect(docker.calls()).toEqual([]);
  });

  it("by a signal for one call leaves other calls alone", async () => {
    useFakeDocker(SMALL);
    const deployment = deploymentOf({}, new LagoConfig());
    const signal = AbortSignal.abort();
    expect(await errorOf(deployment.start({ signal }))).toMatchObject({ kind: "Canceled" });
    await deployment.start();
  });
});
