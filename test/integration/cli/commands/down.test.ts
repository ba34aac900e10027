import { describe, expect, it } from "vitest";
import { runCli } from "../../../../testing/cli.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

/** A project with a container. */
const STARTED = { "container ls": { stdout: "api-id\n" } };

/** What the Pulumi program hands on. */
const specOf = (name: string, removeVolumesOnDestroy: unknown) => ({
  Z_BILLING_LAGO_SPEC: JSON.stringify({ projectName: name, removeVolumesOnDestroy }),
});

describe("down with the volumes", { concurrent: true }, () => {
  it("removes them when their project is named", async () => {
    const { name, docker } = project(STARTED);
    const args = ["down", "--project", name, "--remove-volumes", name];
    const { exitCode, stdout } = await runCli(host, args);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `Project ${name} is down, its data is removed.\n`,
    });
    expect(docker.call("down").args.slice(-3)).toEqual(["down", "--remove-orphans", "--volumes"]);
  });

  it.each<[string, string[], string]>([
    ["another project", ["--remove-volumes", "lago-prod"], '"lago-prod" is not the project'],
    ["a switch", ["--remove-volumes", "true"], "true does not say whose volumes"],
    ["the switch of old", ["--volumes"], "--volumes: was removed"],
  ])("touches nothing for %s, and names what is to be written", async (_, options, said) => {
    const { name, docker } = project();
    const { exitCode, stderr } = await runCli(host, ["down", "--project", name, ...options]);
    expect(exitCode).toBe(10);
    expect(stderr).toContain("InvalidConfig");
    expect(stderr).toContain(said);
    expect(stderr).toContain(name);
    expect(docker.calls()).toEqual([]);
  });

  it("takes the Pulumi program's word for them", async () => {
    const { name, docker } = project(STARTED);
    const { exitCode, stdout } = await runCli(host, ["down", "--json"], {
      env: specOf(name, name),
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ project: name, done: true });
    expect(docker.call("down").args).toContain("--volumes");
  });

  it.each([false, "false", ""])("keeps them when that word is %j", async (word) => {
    const { name, docker } = project(STARTED);
    await runCli(host, ["down", "--json"], { env: specOf(name, word) });
    expect(docker.call("down").args).not.toContain("--volumes");
  });

  it.each([true, "lago-prod"])("refuses the word %j before anything is stopped", async (word) => {
    const { name, docker } = project();
    const { exitCode, stderr } = await runCli(host, ["down"], { env: specOf(name, word) });
    expect(exitCode).toBe(10);
    expect(stderr).toContain("removeVolumesOnDestroy");
    expect(stderr).toContain(name);
    expect(docker.calls()).toEqual([]);
  });
});

describe("down of a project", { concurrent: true }, () => {
  const LABEL = "com.docker.compose.project";
  const volumeOf = (name: string) => ({
    stdout: `${JSON.stringify({ Name: `${name}_data`, Labels: { [LABEL]: name } })}\n`,
  });

  it("of which nothing is left calls compose for nothing", async () => {
    const { name, docker } = project();
    const { exitCode, stdout } = await runCli(host, ["down", "--project", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Project ${name} is down`);
    expect(docker.calls("down")).toEqual([]);
  });

  it.each([
    [[], 0],
    [["--remove-volumes"], 1],
  ])("of which volumes are left keeps them unless %j names it", async (option, calls) => {
    const { name, docker } = project();
    docker.answer({ "volume ls": volumeOf(name) });
    const named = option.length === 0 ? [] : [...option, name];
    await runCli(host, ["down", "--project", name, ...named]);
    expect(docker.calls("down")).toHaveLength(calls);
  });
});

it("down of a project of which a network is left removes the network", async () => {
  const docker = useFakeDocker({ "network ls": { stdout: "id\tlago-x_default\tlago-x\n" } });
  await runCli(docker, ["down", "--project", "lago-x"]);
  expect(docker.calls("down")).toHaveLength(1);
});
