import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const PS =
  psLine("api") +
  psLine("worker", { ID: "worker-1-id", Name: "lago-test-worker-1" }) +
  psLine("worker", { ID: "worker-2-id", Name: "lago-test-worker-2" }) +
  psLine("migrate", { State: "exited", ExitCode: 3, Health: "" }) +
  psLine("clock", { State: "paused", Health: "" });

describe("exec", { concurrent: true }, () => {
  it("runs the command in the service's container and passes its exit code through", async () => {
    const { name, docker } = project({
      ps: { stdout: PS },
      "exec --interactive": { stdout: "out\n", stderr: "err\n", exitCode: 42 },
    });
    const args = ["exec", "api", "-p", name, "-u", "root", "-w", "/app", "--", "ls", "-l", "$HOME"];
    const result = await runCli(host, args, { stdin: "typed" });
    expect(result).toMatchObject({ exitCode: 42, stdout: "out\n", stderr: "err\n" });
    const call = docker.call("exec --interactive");
    expect(call.args).toEqual([
      ...["exec", "--interactive", "--user=root", "--workdir=/app", `api-${name}`],
      ...["ls", "-l", "$HOME"],
    ]);
    expect(call.stdin).toBe("typed");
  });

  it("takes the container of the given number", async () => {
    const { name, docker } = project({ ps: { stdout: PS }, "exec --interactive": {} });
    await runCli(host, ["exec", "worker", "--index", "2", "-p", name, "--", "true"]);
    expect(docker.call("exec --interactive").args).toContain(`worker-2-${name}`);
  });

  it.each([
    ["a service that there is none of", ["apii"], "ServiceNotFound", "api, clock, migrate, worker"],
    ["a number that there is none of", ["api", "--index", "2"], "ServiceNotFound", "1 containers"],
    ["a container that has ended", ["migrate"], "NotReady", "ended with exit code 3"],
    ["a container that is paused", ["clock"], "NotReady", "it is paused"],
  ] as const)("refuses %s, before anything is run", async (_, args, kind, names) => {
    const { name, docker } = project({ ps: { stdout: PS } });
    const { exitCode, stderr } = await runCli(host, ["exec", "-p", name, ...args, "--", "true"]);
    expect(exitCode).toBe(EXIT_CODES[kind]);
    expect(stderr).toContain(names);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["ps"]);
  });

  it.each([
    [["exec"], "missing required argument 'service'"],
    [["exec", "api"], "missing required argument 'command'"],
    [["exec", "api", "--index", "0", "--", "x"], "1 or more"],
  ])("%j is wrong usage", async (args, why) => {
    const { exitCode, stderr } = await runCli(host, args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(why);
  });
});

describe("rails", { concurrent: true }, () => {
  it.each([
    ["the console", [], ["console"]],
    ["another command", ["--", "runner", "puts 1"], ["runner", "puts 1"]],
  ])("runs %s in the api", async (_, given, expected) => {
    const { name, docker } = project({ ps: { stdout: PS }, "exec --interactive": { exitCode: 5 } });
    const { exitCode } = await runCli(host, ["rails", "-p", name, ...given]);
    expect(exitCode).toBe(5);
    const { args } = docker.call("exec --interactive");
    expect(args.slice(args.indexOf(`api-${name}`) + 1)).toEqual([
      "bundle",
      "exec",
      "rails",
      ...expected,
    ]);
  });

  it("says of a stand-in that it has none, and does not try", async () => {
    const { name, docker } = project({
      ps: { stdout: psLine("api", { Labels: "z-billing-lago.stand-in=api" }) },
    });
    const { exitCode, stderr } = await runCli(host, ["rails", "-p", name]);
    expect(exitCode).toBe(EXIT_CODES.CommandExecution);
    expect(stderr).toContain("getlago/api is a stand-in");
    expect(docker.calls("exec --interactive")).toEqual([]);
  });

  it("says which image it misses a program in", async () => {
    const { name } = project({ ps: { stdout: PS }, "exec --interactive": { exitCode: 127 } });
    const { exitCode, stderr } = await runCli(host, ["rails", "-p", name]);
    expect(exitCode).toBe(EXIT_CODES.CommandExecution);
    expect(stderr).toContain("getlago/api has no `bundle`");
  });
});
