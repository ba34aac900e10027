import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { runCli } from "../../../testing/cli.ts";
import { useProjects } from "./projects.ts";

const { host, project } = useProjects();

const THERE = "ssh://zbl-test-there";

describe("--docker-host and --docker-context", { concurrent: true }, () => {
  it.each([["status"], ["logs"], ["down"], ["restart"]])("say where: %s", async (command) => {
    const { name, docker } = project({
      "context inspect": { stdout: "ssh://h\n" },
      "container ls": { stdout: "api-id\n" },
      logs: { stdout: "api-1  | x\n" },
    });
    const args = [command, "--project", name, "--docker-host", THERE];
    expect((await runCli(host, args)).exitCode).toBe(0);
    expect(docker.calls().length).toBeGreaterThan(0);
    for (const { env } of docker.calls()) {
      expect(env.DOCKER_HOST).toBe(THERE);
    }
  });

  it("are one or the other", async () => {
    const { name, docker } = project();
    const both = ["--docker-host", THERE, "--docker-context", "prod"];
    const { exitCode, stderr } = await runCli(host, ["status", "--project", name, ...both]);
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toContain("dockerHost: is given beside dockerContext");
    expect(docker.calls()).toEqual([]);
  });

  it("count for keys too", async () => {
    const { name } = project();
    const args = ["keys", "recover", "--project", name, "--to-stdout", "--docker-context", "prod"];
    const env = { XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? "" };
    const { stderr } = await runCli(host, args, { env });
    expect(stderr).toContain("has no containers of Lago");
    const wrong = [
      "keys",
      "recover",
      "--project",
      name,
      "--to-stdout",
      "--docker-host",
      "http://h",
    ];
    expect((await runCli(host, wrong)).exitCode).toBe(EXIT_CODES.InvalidConfig);
  });
});
