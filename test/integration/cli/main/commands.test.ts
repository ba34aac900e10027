import { describe, expect, it } from "vitest";
import { runCli } from "../../../../testing/cli.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { LAGO_PATH, SECRETS, SMALL } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const PS = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });

describe("the other commands", { concurrent: true }, () => {
  it.each<[string, string[], string, string[]]>([
    ["down", ["down"], "its volumes are kept", ["down", "--remove-orphans"]],
    ["restart", ["restart"], "is restarted", ["restart"]],
    [
      "restart of some",
      ["restart", "api", "db"],
      "is restarted",
      ["restart", "--no-deps", "--", "api", "db"],
    ],
  ])("%s says what it did", async (_, args, said, expected) => {
    const { name, docker } = project({ "container ls": { stdout: "api-id\n" } });
    const { exitCode, stdout } = await runCli(host, [...args, "--project", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(name);
    expect(stdout).toContain(said);
    const call = docker.call(args[0] ?? "");
    expect(call.args.slice(call.args.indexOf(name) + 1)).toEqual(expected);
  });

  it("pull needs the files and their variables, as up does", async () => {
    const { name, docker } = project(SMALL);
    const args = ["pull", "--project", name, "--path", LAGO_PATH];
    const { exitCode, stdout } = await runCli(host, args, {
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Project ${name} has its images.\n`);
    expect(docker.call("pull").args).toContain("--policy");
  });

  it("status shows a table, or says that there is nothing", async () => {
    const ports = [
      { URL: "127.0.0.1", TargetPort: 3000, PublishedPort: 4000, Protocol: "tcp" },
      { URL: "0.0.0.0", TargetPort: 3000, PublishedPort: 4001, Protocol: "tcp" },
    ];
    const labels = "z-billing-lago.stand-in=api";
    const { name } = project({
      ps: { stdout: psLine("api", { Publishers: ports, Labels: labels }) },
    });
    const { stdout } = await runCli(host, ["status", "-p", name]);
    expect(stdout.trimEnd().split("\n").slice(1)).toEqual([
      "api      Running  healthy  0.0.0.0:4001->3000, 127.0.0.1:4000->3000  getlago/api (stand-in)",
    ]);
    const empty = project({ "volume ls": { stdout: "data\n" } });
    const { stdout: nothing } = await runCli(host, ["status", "-p", empty.name]);
    expect(nothing).toBe(
      `Project ${empty.name} has no containers. Its data is kept in 1 volume. To start it: ./zbl up\n`,
    );
  });

  it("status numbers the containers of a service that has several, and lists what is missing", async () => {
    const number = (index: number) => ({
      Name: `lago-worker-${index}`,
      ID: `worker-${index}`,
      Labels: `com.docker.compose.container-number=${index},com.docker.compose.depends_on=db:service_healthy:true`,
    });
    const { name } = project({
      ps: {
        stdout:
          psLine("worker", number(2)) +
          psLine("worker", number(1)) +
          psLine("api", { State: "created", Health: "" }) +
          psLine("migrate", { State: "exited", Health: "" }),
      },
    });
    const { stdout } = await runCli(host, ["status", "-p", name]);
    const cells = stdout
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(/ {2,}/).slice(0, 3));
    expect(cells).toEqual([
      ["api", "Created", "-"],
      ["db", "Missing", "-"],
      ["migrate", "Completed", "-"],
      ["worker #1", "Running", "healthy"],
      ["worker #2", "Running", "healthy"],
    ]);
  });

  it("logs prints the lines, cleaned", async () => {
    const { name, docker } = project({
      logs: { stdout: "\u001b[2Kapi-1  | \u001b[31mone\napi-1  | two\n" },
    });
    const { exitCode, stdout } = await runCli(host, ["logs", "-p", name, "-n", "2", "api"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "api-1  | one\napi-1  | two\n" });
    expect(docker.call("logs").args.slice(-3)).toEqual(["--tail=2", "--", "api"]);
  });

  it("logs hide what the containers have as secrets, which nobody told the command line", async () => {
    const { name, docker } = project({
      "container ls": { stdout: "api-id\n" },
      "container inspect": {
        stdout: `${JSON.stringify([`SECRET_KEY_BASE=${SECRETS.secretKeyBase}`, "RAILS_ENV=production"])}\n`,
      },
      logs: { stdout: `api-1  | ${SECRETS.secretKeyBase} in production\n` },
    });
    for (const json of [[], ["--json"]]) {
      const { stdout } = await runCli(host, ["logs", "-p", name, ...json]);
      expect(stdout).toContain("api-1  | [secret] in production");
    }
    expect(docker.calls("container inspect")).toHaveLength(2);
  });

  it("logs of all are a hundred lines a container, unless told otherwise", async () => {
    const { name, docker } = project();
    await runCli(host, ["logs", "-p", name]);
    expect(docker.call("logs").args.slice(-2)).toEqual(["--no-color", "--tail=100"]);
  });
});

describe("--json", { concurrent: true }, () => {
  it("prints the status as one line", async () => {
    const { name } = project({ ps: { stdout: PS } });
    const { stdout } = await runCli(host, ["status", "--json", "-p", name]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      project: name,
      running: true,
      ready: true,
      services: [
        ["api", "Running"],
        ["db", "Running"],
        ["migrate", "Completed"],
      ],
      containers: [
        { service: "api", status: "Running", health: "healthy", exitCode: 0, ports: [] },
        { service: "db" },
        { service: "migrate", status: "Completed" },
      ],
    });
  });

  it("tells the very image that each container runs", async () => {
    const name = "zbl-test-images-cli";
    const imageId = `sha256:${name}`;
    const imageDigest = `sha256:${"b".repeat(64)}`;
    const inspected = { Id: name, Image: imageId, State: {}, HostConfig: {} };
    const script = {
      ps: { stdout: psLine("api", { ID: name }) },
      "container inspect": { stdout: `${JSON.stringify([inspected])}\n` },
      "image inspect": { stdout: `${imageId} ["getlago/api@${imageDigest}"]\n` },
    };
    host.docker(script, name);
    const { stdout } = await runCli(host, ["status", "--json", "-p", name]);
    expect(JSON.parse(stdout)).toMatchObject({ containers: [{ imageId, imageDigest }] });
  });

  it("prints logs as one line", async () => {
    const { name } = project({ logs: { stdout: "api-1  | a\napi-1  | b\n" } });
    const { stdout } = await runCli(host, ["logs", "--json", "-p", name]);
    expect(JSON.parse(stdout)).toEqual({ project: name, logs: "api-1  | a\napi-1  | b\n" });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it.each([["restart"], ["down"]])("prints that %s is done", async (command) => {
    const { name } = project({ "container ls": { stdout: "api-id\n" } });
    const { stdout } = await runCli(host, [command, "--json", "-p", name]);
    expect(JSON.parse(stdout)).toEqual({ project: name, done: true });
  });
});
