import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import type { Script } from "../../../../testing/scripted-docker/answers.ts";
import { runUntil } from "../interrupted.ts";
import { useProjects } from "../projects.ts";

const projects = useProjects();
const { host } = projects;

/** A project with a container. */
const project = (script: Script) =>
  projects.project({ "container ls": { stdout: "api-id\n" }, ...script });

const event = (action: string, attributes: object = {}) =>
  `${JSON.stringify({
    Action: action,
    time: 1767225600,
    Actor: {
      Attributes: {
        name: "lago-test-api-1",
        "com.docker.compose.service": "api",
        ...attributes,
      },
    },
  })}\n`;

const EVENTS =
  event("die", { exitCode: "137" }) +
  event("kill", { signal: "9" }) +
  event("health_status: healthy");

describe("events", { concurrent: true }, () => {
  it("are told line by line until Ctrl-C", async () => {
    const { name, docker } = project({ "events --format": { stdout: EVENTS, hang: true } });
    const args = ["events", "-p", name, "--since", "1h"];
    const result = await runUntil(host, args, (line) => line.endsWith("healthy"));
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
    expect(result.stdout.trimEnd().split("\n")).toEqual([
      "2026-01-01T00:00:00Z  lago-test-api-1  die, exit code 137",
      "2026-01-01T00:00:00Z  lago-test-api-1  kill, signal 9",
      "2026-01-01T00:00:00Z  lago-test-api-1  healthy",
    ]);
    expect(docker.call("events --format").args).toContain("--since=1h");
  });

  it("are a line of JSON each for a program", async () => {
    const { name } = project({ "events --format": { stdout: EVENTS } });
    const { stdout, exitCode } = await runCli(host, ["events", "-p", name, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout.split("\n")[0] ?? "")).toEqual({
      time: "2026-01-01T00:00:00.000Z",
      service: "api",
      container: "lago-test-api-1",
      action: "die",
      exitCode: 137,
    });
  });

  it("fail as docker does", async () => {
    const { name } = project({
      "events --format": {
        exitCode: 1,
        stderr: "Cannot connect to the Docker daemon at unix:///x",
      },
    });
    const { exitCode, stderr } = await runCli(host, ["events", "-p", name]);
    expect(exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(stderr).toContain("Watching the containers");
  });
});
