import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const WAITS = "com.docker.compose.depends_on=migrate:service_completed_successfully:false";
const ENDED = { State: "exited", Health: "" };
const RUNNING = psLine("api", { Labels: WAITS }) + psLine("db") + psLine("migrate", ENDED);
const MADE = { "container ls": { stdout: "api-id\n" } };
const STOPPED =
  psLine("api", { Labels: WAITS, ...ENDED }) + psLine("db", ENDED) + psLine("migrate", ENDED);

describe("stop", { concurrent: true }, () => {
  it("stops all services, keeps their containers, and says how they start again", async () => {
    const { name, docker } = project({ ...MADE, ps: { stdout: RUNNING } });
    const { exitCode, stdout } = await runCli(host, ["stop", "-p", name, "-y"]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `Project ${name} is stopped; containers and data stay. \`./zbl start --project ${name}\` starts the services again, and so does the next \`up\`.\n`,
    });
    expect(docker.call("stop").args.slice(-1)).toEqual(["stop"]);
    expect(docker.calls("down")).toEqual([]);
  });

  it("stops the named services", async () => {
    const { name, docker } = project({ ...MADE, ps: { stdout: RUNNING } });
    const { stdout } = await runCli(host, ["stop", "api", "-p", name]);
    expect(stdout).toContain("has stopped api; containers and data stay");
    expect(stdout).toContain(`\`./zbl start --project ${name} api\` starts the service again`);
    expect(docker.call("stop").args.slice(-3)).toEqual(["stop", "--", "api"]);
  });

  it("prints JSON", async () => {
    const { name } = project({ ...MADE, ps: { stdout: RUNNING } });
    const { stdout } = await runCli(host, ["stop", "--json", "-p", name]);
    expect(JSON.parse(stdout)).toEqual({ project: name, done: true });
  });
});

describe("start", { concurrent: true }, () => {
  it("starts what is stopped, and waits until every service is ready", async () => {
    const { name, docker } = project({
      ps: { stdout: STOPPED },
      "ps@started": { stdout: RUNNING },
      start: { sets: "started" },
    });
    const { exitCode, stdout, stderr } = await runCli(host, ["start", "-p", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^api +Running +healthy/m);
    expect(stderr).toMatch(/^api: healthy after/m);
    expect(stderr).toMatch(/^migrate: completed after/m);
    expect(docker.call("start").args.slice(-1)).toEqual(["start"]);
  });

  it("says which service is not ready, and where to look", async () => {
    const { name } = project({ ps: { stdout: psLine("api", { ...ENDED, ExitCode: 3 }) } });
    const { exitCode, stderr } = await runCli(host, ["start", "-p", name]);
    expect(exitCode).toBe(EXIT_CODES.NotReady);
    expect(stderr).toContain("Service api");
    expect(stderr).toContain("ended with exit code 3");
    expect(stderr).toContain(`\`./zbl logs --project ${name} api\``);
  });
});

describe("a service that does not exist", { concurrent: true }, () => {
  it.each([
    [["stop", "worker"], "api-worker"],
    [["start", "worker"], "api-worker"],
    [["restart", "worker"], "api-worker"],
    [["logs", "worker"], "api-worker"],
    [["logs", "-f", "worker"], "api-worker"],
    [["exec", "worker", "--", "true"], "api-worker"],
    [["exec", "apii", "--", "true"], "api"],
  ])("is answered with the one that was meant: %j", async (args, meant) => {
    const { name } = project({
      ...MADE,
      ps: { stdout: psLine("api-worker") + psLine("api") + psLine("db") },
      restart: { exitCode: 1, stderr: 'no such service: "worker"' },
      "events --format": {},
    });
    const [command = "", ...rest] = args;
    const { exitCode, stderr } = await runCli(host, [command, "-p", name, ...rest]);
    expect(exitCode).toBe(EXIT_CODES.ServiceNotFound);
    expect(stderr).toContain(`Did you mean ${meant}?`);
  });
});
