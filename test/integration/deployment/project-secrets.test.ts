/** Secrets that only the containers know: of a project that is worked on by its name alone. */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ComposeProject } from "../../../src/deployment/project.ts";
import { psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SECRETS, SMALL, secretsIn } from "../../support/sample.ts";

/** Two containers, one of which has the secrets of the samples in its environment. */
const CONTAINERS: Script = {
  "container ls": { stdout: "api-id\ndb-id\n" },
  "container inspect": {
    stdout: [
      JSON.stringify([
        "RAILS_ENV=production",
        `SECRET_KEY_BASE=${SECRETS.secretKeyBase}`,
        `DATABASE_URL=postgresql://lago:${encodeURIComponent(SECRETS.password)}@db:5432/lago`,
        `LAGO_ORG_API_KEY=${SECRETS.apiKey}`,
      ]),
      JSON.stringify(["PGPORT=5432"]),
      "",
    ].join("\n"),
  },
};

const SAID = Object.values(SECRETS).join(" or ");
const project = () => new ComposeProject("lago-test");

describe("logs by a project's name", () => {
  it("hide what the containers have as secrets", async () => {
    const docker = useFakeDocker({
      ...CONTAINERS,
      logs: { stdout: `api-1  | it is ${SAID}\ndb-1   | on port 5432 in production\n` },
    });
    const logs = await project().logs();
    expect(secretsIn(logs)).toEqual([]);
    expect(logs).toMatch(/^api-1 {2}\| it is \[secret\]/);
    expect(logs).toContain("on port 5432 in production");
    const verbs = docker.calls().map(({ verb }) => verb);
    expect(verbs.toSorted()).toEqual(["container inspect", "container ls", "logs"]);
  });

  it("hide what a container broke over lines while another one wrote", async () => {
    const [head, tail] = [SECRETS.secretKeyBase.slice(0, 10), SECRETS.secretKeyBase.slice(10)];
    useFakeDocker({
      ...CONTAINERS,
      logs: { stdout: `api-1  | ${head}\ndb-1   | ready\napi-1  | ${tail}\n` },
    });
    expect(await project().logs()).toBe("api-1  | [secret]\ndb-1   | ready\napi-1  | [secret]\n");
  });

  it.each<[string, Script]>([
    ["cannot be listed", { "container ls": { exitCode: 1, stderr: "permission denied" } }],
    ["cannot be looked into", { "container inspect": { exitCode: 1, stderr: "odd" } }],
    ["are not understood", { "container inspect": { stdout: "odd\n" } }],
  ])("are not shown when the containers %s", async (_, script) => {
    useFakeDocker({ ...CONTAINERS, logs: { stdout: `api-1  | ${SAID}\n` }, ...script });
    const error = await errorOf(project().logs());
    expect(secretsIn(inspect(error))).toEqual([]);
  });

  it("of more than 1 MiB say so, and begin with a whole line", async () => {
    const line = `api-1  | ${"x".repeat(1_000)}\n`;
    useFakeDocker({ logs: { stdout: line.repeat(2_000) } });
    const logs = await project().logs();
    expect(logs.length).toBeLessThan(1.1 * 1024 * 1024);
    const [first, second] = logs.split("\n");
    expect(first).toBe("[lines before these are left out]");
    expect(`${second}\n`).toBe(line);
  });

  it("of one endless line are its end", async () => {
    useFakeDocker({ logs: { stdout: `api-1  | ${"x".repeat(6_000_000)}\n` } });
    const logs = await project().logs();
    expect(logs).toMatch(/^\[lines before these are left out\]\nx{1000000,}\n$/);
  });
});

describe("docker's words about a project", () => {
  it.each<[string, Script, () => Promise<unknown>]>([
    ["stop", { down: { exitCode: 1, stderr: `cannot stop: ${SAID}` } }, () => project().stop()],
    [
      "restart",
      { restart: { exitCode: 1, stderr: `cannot restart: ${SAID}` } },
      () => project().restart(["api"]),
    ],
    ["status", { ps: { exitCode: 1, stderr: `cannot list: ${SAID}` } }, () => project().status()],
    ["logs", { logs: { exitCode: 1, stderr: `cannot read: ${SAID}` } }, () => project().logs()],
  ])("hide their secrets when %s fails", async (_, script, operation) => {
    useFakeDocker({ ...CONTAINERS, ...script });
    const error = await errorOf(operation());
    expect(error.message).toMatch(/cannot \w+: \[secret\]/);
    expect(secretsIn(inspect(error))).toEqual([]);
  });

  it("are shown all the same when nobody can look into the containers", async () => {
    useFakeDocker({
      "container ls": { exitCode: 1, stderr: "odd" },
      restart: { exitCode: 1, stderr: "cannot restart: postgresql://lago:own@db refused" },
    });
    const error = await errorOf(project().restart());
    expect(error.message).toContain("cannot restart: postgresql://lago:[secret]@db refused");
  });

  it("come soon when the engine has stopped answering", async () => {
    useFakeDocker({
      "container ls": { hang: true },
      restart: { exitCode: 1, stderr: "cannot restart" },
    });
    const startedAt = performance.now();
    const error = await errorOf(project().restart());
    expect(error.message).toContain("cannot restart");
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });

  it("show no value of a compose file that compose cannot use", async () => {
    const model = JSON.parse([SMALL.config].flat()[0]?.stdout ?? "");
    model.services.api.environment.MY_OWN_TOKEN = "Vq7Zt2Lm9$$${Xc4Rb8Kd3Wp";
    useFakeDocker({
      ...SMALL,
      config: { stdout: JSON.stringify(model) },
      up: {
        exitCode: 1,
        stderr:
          "invalid interpolation format for services.api.environment.MY_OWN_TOKEN.\nVq7Zt2Lm9$$${Xc4Rb8Kd3Wp",
      },
    });
    const error = await errorOf(deploymentOf().start());
    expect(error.message).toContain("services.api.environment.MY_OWN_TOKEN.\n[secret]");
  });

  it("show no command line of a container that they are not understood with", async () => {
    const stdout = `{"Command":"\\"redis-server --requirepass ${SECRETS.password}\\"","Created`;
    useFakeDocker({ ps: { stdout } });
    const error = await errorOf(project().status());
    expect(error.kind).toBe("ParseError");
    expect(error.message).toContain("Command");
    expect(secretsIn(inspect(error))).toEqual([]);
  });
});

describe("the output of a health check", () => {
  it("hides what the container has as secrets", async () => {
    const Log = [{ ExitCode: 1, Output: `refused: ${SAID} ${SECRETS.apiKey.slice(0, 12)}` }];
    const container = {
      Id: "api-id",
      Config: { Env: Object.entries(SECRETS).map(([name, value]) => `MY_${name}_KEY=${value}`) },
      State: { Health: { Log } },
      HostConfig: {},
    };
    useFakeDocker({ "container inspect": { stdout: JSON.stringify([container]) } });
    const [inspected] = await project().inspect(["api-id"]);
    expect(inspected?.healthOutput).toMatch(/^refused: \[secret\]/);
    expect(secretsIn(JSON.stringify(inspected))).toEqual([]);
    expect(inspected?.healthOutput).not.toContain(SECRETS.apiKey.slice(0, 12));
  });
});

describe("what loggers show", () => {
  it("of a deployment and its settings is no secret", () => {
    useFakeDocker({ ps: { stdout: psLine("api") } });
    const deployment = deploymentOf({ environment: { LAGO_SMTP_PASSWORD: SECRETS.password } });
    const shown = [inspect(deployment, { depth: 9 }), JSON.stringify(deployment)];
    expect(secretsIn(shown.join())).toEqual([]);
    expect(shown[0]).toContain("lago-test");
    expect(deployment.options.environment).toEqual({ LAGO_SMTP_PASSWORD: SECRETS.password });
  });

  it("of a failure is no secret, its cause included", async () => {
    useFakeDocker({ ...SMALL, up: { stderr: `it is ${SAID}\n`, hang: true } });
    const error = await errorOf(deploymentOf().start({ timeoutMs: 500 }));
    expect(error.kind).toBe("DeadlineExceeded");
    expect(error.message).toContain("it is [secret]");
    expect(secretsIn(inspect(error, { depth: 9, showHidden: true }))).toEqual([]);
  });
});
