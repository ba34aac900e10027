import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { requireProject } from "../../../src/deployment/known-project.ts";
import { ComposeProject } from "../../../src/deployment/project.ts";
import { runCli } from "../../../testing/cli.ts";
import { listedLine } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { useProjects } from "../cli/projects.ts";

const { host, project } = useProjects();

// The answer to calls that name no project.
host.docker({
  "container ls": { stdout: listedLine({ service: "api", project: "zbl-test-0-cli" }) },
});

const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ["status"],
  ["logs"],
  ["logs", "api"],
  ["logs", "--follow"],
  ["restart"],
  ["restart", "api"],
  ["stop"],
  ["stop", "api"],
  ["start"],
  ["start", "api"],
  ["exec", "api", "true"],
  ["rails"],
  ["events"],
  ["open"],
];

describe("a project that the engine does not have", { concurrent: true }, () => {
  it.each(COMMANDS)(
    "is an error of %s %s %s, with the projects that there are",
    async (command, ...words) => {
      const { name, docker } = project();
      const { exitCode, stdout, stderr } = await runCli(host, [
        command,
        "--project",
        name,
        ...words,
      ]);
      expect({ exitCode, stdout }).toEqual({ exitCode: EXIT_CODES.ProjectNotFound, stdout: "" });
      expect(stderr).toContain(
        `ProjectNotFound: The Docker engine has no project ${name}. Did you mean zbl-test-0-cli? Its projects: zbl-test-0-cli.`,
      );
      for (const change of ["restart", "stop", "start"]) {
        expect(docker.calls(change)).toEqual([]);
      }
    },
  );

  it("is an error in JSON too", async () => {
    const { name } = project();
    const { exitCode, stdout } = await runCli(host, ["status", "--json", "--project", name]);
    expect(exitCode).toBe(EXIT_CODES.ProjectNotFound);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "ProjectNotFound" } });
  });

  it("of a stack is one that nobody has deployed, with the command that does", async () => {
    useFakeDocker();
    const name = "zbl-test-none";
    const missing = requireProject(new ComposeProject(name, { stack: "prod" }));
    await expect(missing).rejects.toMatchObject({
      kind: "ProjectNotFound",
      message: `Stack prod is not deployed: the Docker engine has no project ${name}. To deploy the stack: ./zbl up prod`,
    });
  });

  it("is none of down, which has nothing to do", async () => {
    const { name } = project();
    expect(await runCli(host, ["down", "--project", name])).toMatchObject({ exitCode: 0 });
  });
});

describe("a project of which only the volumes are left", { concurrent: true }, () => {
  it.each(COMMANDS.filter(([name]) => !["status", "events"].includes(name)))(
    "has no containers for %s %s %s",
    async (command, ...words) => {
      const { name } = project({ "volume ls": { stdout: "data\n" } });
      const { exitCode, stderr } = await runCli(host, [command, "--project", name, ...words]);
      expect(exitCode).toBe(EXIT_CODES.ServiceNotFound);
      expect(stderr).toContain(
        `Project ${name} has no containers. Its data is kept in 1 volume. To start it: ./zbl up`,
      );
    },
  );

  it("has a status", async () => {
    const { name } = project({ "volume ls": { stdout: "data\n" } });
    const { exitCode, stdout } = await runCli(host, ["status", "--json", "--project", name]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ running: false, ready: false, containers: [] });
  });
});
