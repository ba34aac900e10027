import { describe, expect, it } from "vitest";
import { watchStatus } from "../../../../src/cli/commands/status-watch.ts";
import { ComposeProject } from "../../../../src/deployment/project.ts";
import { eventually } from "../../../../testing/processes.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { testContext } from "../../../support/command-context.ts";
import { runBeforeHead, runUntil } from "../interrupted.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const STARTING = { stdout: psLine("api", { Health: "starting" }) };
const HEALTHY = { stdout: psLine("api") };
const GONE = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

describe("status --watch", { concurrent: true }, () => {
  it("prints the table each time that it changes, until Ctrl-C", async () => {
    const { name, docker } = project({ ps: [STARTING, STARTING, HEALTHY] });
    const args = ["status", "-p", name, "--watch", "--interval", "0.1"];
    const result = await runUntil(host, args, (line) => line.includes("healthy"));
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
    expect(result.stdout.trimEnd().split("\n")).toEqual([
      "SERVICE  STATUS   HEALTH    PORTS  IMAGE",
      "api      Running  starting  -      getlago/api",
      "",
      "SERVICE  STATUS   HEALTH   PORTS  IMAGE",
      "api      Running  healthy  -      getlago/api",
    ]);
    expect(docker.calls("ps").length).toBeGreaterThanOrEqual(3);
  });

  it("prints a line of JSON for each change", async () => {
    const { name } = project({ ps: [STARTING, HEALTHY] });
    const args = ["status", "-p", name, "-w", "--interval", "0.1", "--json"];
    const { stdout } = await runUntil(host, args, (line) => line.includes('"healthy"'));
    const healths = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).containers[0].health);
    expect(healths).toEqual(["starting", "healthy"]);
  });

  it("waits for an engine that does not answer, and says so once", async () => {
    const { name } = project({ ps: [GONE, GONE, HEALTHY] });
    const args = ["status", "-p", name, "-w", "--interval", "0.1"];
    const result = await runUntil(host, args, (line) => line.includes("healthy"));
    expect(result.exitCode).toBe(130);
    expect(result.stderr.match(/DaemonUnreachable/g)).toHaveLength(1);
  });

  it("ends with any other failure", async () => {
    const { name } = project({ ps: { stdout: "{ no JSON" } });
    const args = ["status", "-p", name, "-w"];
    const result = await runUntil(host, args, () => false);
    expect(result).toMatchObject({ exitCode: 32 });
  });

  it("ends well when nobody reads any more", async () => {
    const answers = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? STARTING : HEALTHY));
    const { name } = project({ ps: answers });
    const args = ["status", "-p", name, "-w", "--interval", "0.1"];
    const result = await runBeforeHead(host, args);
    expect(result.stderr).toBe("exit code 0\n");
  });
});

describe("status --watch on a terminal", () => {
  it("shows each look in the place of the last one, in color, as wide as the screen", async () => {
    const ended = new AbortController();
    useFakeDocker({ ps: [STARTING, HEALTHY] });
    const { context, written } = testContext({ columns: 32, signal: ended.signal });
    const watching = watchStatus(context, new ComposeProject("lago-test"), { interval: 0.1 });
    await eventually("the second look", () => written.screen.includes("healthy"));
    ended.abort();
    await watching;
    expect(process.exitCode).toBe(130);
    process.exitCode = undefined;
    expect(written.results).toEqual([]);
    expect(written.screen).toContain("\u001b[33mstarting");
    expect(written.screen).toContain("\u001b[32mhealthy");
    // The lines of the first look are taken away for the second.
    expect(written.screen).toContain("\u001b[2K");
    expect(written.screen).toContain("Every 0.1 s. Ctrl-C ends it.");
  });
});

describe("what is shown on a terminal", () => {
  it("ends when the terminal is closed, and listens for that no longer", async () => {
    const before = process.listenerCount("SIGHUP");
    useFakeDocker({ ps: HEALTHY });
    const { context, written } = testContext({ columns: 80 });
    const watching = watchStatus(context, new ComposeProject("lago-test"), { interval: 0.1 });
    await eventually("the first look", () => written.screen.includes("healthy"));
    process.emit("SIGHUP");
    await watching;
    expect(process.exitCode).toBe(130);
    process.exitCode = undefined;
    expect(process.listenerCount("SIGHUP")).toBe(before);
  });
});
