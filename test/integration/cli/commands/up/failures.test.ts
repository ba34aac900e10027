import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../../testing/cli.ts";
import { eventually, isAlive } from "../../../../../testing/processes.ts";
import { psLine, type Script } from "../../../../../testing/scripted-docker/answers.ts";
import { LAGO_PATH, SECRETS, SMALL, secretsIn } from "../../../../support/sample.ts";
import { useProjects } from "../../projects.ts";

const { host, project } = useProjects();

const UP = ["up", "--path", LAGO_PATH];
const KEYED = { SECRET_KEY_BASE: SECRETS.secretKeyBase };

describe("a deployment that fails", { concurrent: true }, () => {
  const failed = psLine("migrate", { State: "exited", Health: "", ExitCode: 3 });
  const script: Script = {
    ...SMALL,
    ps: [{}, { stdout: failed }],
    "container inspect": {
      stdout: `[{"Id":"migrate-id","RestartCount":0,"State":{},"HostConfig":{}}]`,
    },
    up: { exitCode: 1, stderr: `service "migrate" didn't complete successfully: exit 3\n` },
    logs: { stdout: `migrate-1  | no use with ${SECRETS.secretKeyBase}\n${"x".repeat(9_000)}\n` },
  };

  it("names the service and shows its log, without secrets and in lines of bounded length", async () => {
    const { name } = project(script);
    const { exitCode, stdout, stderr } = await runCli(host, [...UP, "--json", "-p", name], {
      env: KEYED,
    });
    expect(exitCode).toBe(EXIT_CODES.MigrationFailed);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: "MigrationFailed", service: "migrate", image: "getlago/migrate" },
    });
    expect(stderr).toContain(`Service migrate of project ${name} failed: ended with exit code 3`);
    expect(secretsIn(stdout + stderr)).toEqual([]);
    expect(Math.max(...stderr.split("\n").map((line) => line.length))).toBeLessThan(4_096);
  });
});

describe("a signal", { concurrent: true }, () => {
  it.each([
    ["SIGINT", "Ctrl-C"],
    ["SIGTERM", "SIGTERM"],
  ] as const)(
    "%s ends compose, and then the command with 130, which says that it was %s",
    async (signal, by) => {
      const { name, docker } = project({ ...SMALL, up: { hang: true } });
      const canceler = new AbortController();
      const pids: number[] = [];
      // The runner's own way of ending is the signal itself, and nothing harder.
      const endSteps = [{ signal, waitMs: 20_000 }] as const;
      const running = runCli(host, [...UP, "-p", name], {
        env: KEYED,
        signal: canceler.signal,
        endSteps,
      });
      await eventually("up is called", () => docker.calls("up").length === 1, 20_000);
      pids.push(docker.call("up").pid);
      canceler.abort();
      const failure = await running.catch((error: unknown) => error);
      expect(failure).toMatchObject({
        kind: "canceled",
        output: expect.stringMatching(
          new RegExp(`error: Canceled: ${by} ended this command\\. .*canceled`),
        ),
      });
      expect(pids.filter(isAlive)).toEqual([]);
    },
  );
});
