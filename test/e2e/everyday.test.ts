/** The commands of every day on a real engine, with a small project whose containers chatter. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { LOCK_FOLDER_VARIABLE, lockFolder } from "../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { type RunOptions, type RunResult, run } from "../../src/process/run.ts";
import { bareApiOptions } from "../../testing/bare-api.ts";
import { CLI } from "../../testing/cli.ts";
import {
  containersOf,
  docker,
  removeProject,
  requireDocker,
  testName,
} from "../../testing/docker.ts";
import { isAlive } from "../../testing/processes.ts";
import { runOnTerminal } from "../../testing/pty.ts";

const project = testName();
const SECRETS = {
  first: "Zk3vQw8rTn5xLb2mYp7sHd4fGc9jKa6e",
  second: "Qm9sWd2fXr6tBv4nHk8pLc1yZg5jTa7u",
};
const TIMEOUT_MS = 60_000;

let folder: string;

const environment = () => ({
  ...inheritedEnvironment(),
  LANG: "C.UTF-8",
  LC_ALL: "",
  [LOCK_FOLDER_VARIABLE]: lockFolder(),
});

const command = (name: string, ...args: string[]) => [
  process.execPath,
  CLI,
  name,
  "--project",
  project,
  ...args,
];

function cli(name: string, args: readonly string[] = [], options: Partial<RunOptions> = {}) {
  const [program = "", ...rest] = command(name, ...args);
  const whole = { timeoutMs: TIMEOUT_MS, ...options };
  return run(program, rest, { ...whole, env: { ...environment(), ...options.env } });
}

function onTerminal(columns: number, name: string, ...args: string[]) {
  const options = { env: { ...environment(), TERM: "xterm" }, timeoutMs: TIMEOUT_MS };
  return runOnTerminal(command(name, ...args), columns, options);
}

/** Runs a command that goes on for ever, and ends it as Ctrl-C does at a line of its output. */
async function untilLine(
  name: string,
  args: readonly string[],
  isLast: (line: string) => boolean,
): Promise<RunResult & { readonly pid: number }> {
  let pid = 0;
  let sent = false;
  const result = await cli(name, args, {
    onStart: (id) => {
      pid = id;
    },
    onLine: (line) => {
      if (!sent && isLast(line)) {
        sent = true;
        process.kill(pid, "SIGINT");
      }
    },
  });
  return { ...result, pid };
}

/** Writes the compose file, with a secret that one of its services prints. */
async function writeFiles(secret: string) {
  const service = (script: string, more: object = {}) => ({
    image: "getlago/lago-gotenberg:7.8.2",
    init: true,
    stop_grace_period: "1s",
    entrypoint: ["sh", "-c", script],
    ...more,
  });
  const tick = 'n=0; while :; do n=$$((n+1)); echo "tick $$n $$API_PASSWORD"; sleep 0.2; done';
  const services = {
    ticker: service(tick, { environment: { API_PASSWORD: secret } }),
    steady: service("echo steady; exec sleep 600", {
      healthcheck: { test: ["CMD", "true"], interval: "1s" },
    }),
  };
  await writeFile(join(folder, "docker-compose.yml"), stringify({ services }));
}

const files = () => ["--path", folder, ...bareApiOptions("steady")];
const up = () => onTerminal(70, "up", ...files(), "--pull-policy", "never");

beforeAll(async () => {
  await requireDocker();
  folder = await mkdtemp(join(tmpdir(), "zbl-test-"));
  await writeFiles(SECRETS.first);
});

afterAll(async () => {
  await removeProject(project);
  await rm(folder, { recursive: true, force: true });
});

/** The lines that a terminal was sent, without what moves its cursor and colours them. */
function plain(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/\u001b\[[?\d;]*[A-Za-z]/g, "").split(/\r?\n/);
}

describe("the commands of every day", () => {
  it("up shows a table that follows the services, no line wider than the terminal", async () => {
    const { exitCode, stdout } = await up();
    expect(exitCode).toBe(0);
    const lines = plain(stdout);
    expect(lines.some((line) => /^[○✔] +steady +running +\S/.test(line))).toBe(true);
    expect(lines).toContain(`${project}: 2 of 2 services ready`);
    expect(lines.filter((line) => /^steady +Running +healthy/.test(line))).toHaveLength(1);
    const table = lines.filter((line) => /^([○✔✖] )? *(steady|ticker|SERVICE)/.test(line));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(70);
    expect(stdout).not.toContain(SECRETS.first);
  });

  it("logs --follow shows lines as they come, without secrets, and ends at once", async () => {
    const result = await untilLine("logs", ["-f", "--tail", "1", "ticker"], (line) =>
      line.includes("tick"),
    );
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
    expect(result.stdout).toMatch(/^ticker-1 +\| tick \d+ \[secret\]\n/);
    expect(result.durationMs).toBeLessThan(15_000);
    expect(isAlive(result.pid)).toBe(false);
  });

  it("logs --follow before a reader that goes ends well", async () => {
    const [program = "", ...rest] = command("logs", "-f");
    const script = '{ "$@"; echo "exit code $?" >&2; } | head -n 2';
    const result = await run("sh", ["-c", script, "sh", program, ...rest], {
      env: environment(),
      timeoutMs: TIMEOUT_MS,
    });
    expect(result.stderr).toBe("exit code 0\n");
    expect(result.stdout.trimEnd().split("\n")).toHaveLength(2);
  });

  it("follow a container that is made anew, and hide its new secret", async () => {
    const id = (await containersOf(project)).get("ticker")?.Id;
    const begun = Promise.withResolvers<void>();
    const following = untilLine("logs", ["-f", "--tail", "1", "ticker"], (line) => {
      begun.resolve();
      return line.includes("tick 3 ");
    });
    await begun.promise;
    await writeFiles(SECRETS.second);
    expect((await up()).exitCode).toBe(0);
    let starts = 0;
    const events = untilLine("events", ["--since", "10m"], (line) => {
      starts += line.endsWith("ticker-1  start") ? 1 : 0;
      return starts === 2;
    });
    const [logs, told] = await Promise.all([following, events]);
    expect((await containersOf(project)).get("ticker")?.Id).not.toBe(id);
    expect(logs.stdout).toContain("tick 3 [secret]");
    for (const secret of Object.values(SECRETS)) {
      expect(logs.stdout).not.toContain(secret);
    }
    expect(told.exitCode).toBe(130);
    expect(told.stdout).toMatch(/Z {2}\S*ticker-1 {2}die, exit code \d+\n/);
    expect(told.stdout).toContain("ticker-1  create");
  });

  it("status --watch tells when something changes", async () => {
    const watching = untilLine("status", ["--watch", "--interval", "0.3"], (line) =>
      /^steady +Stopped/.test(line),
    );
    await docker("container", "stop", "--time", "1", `${project}-steady-1`);
    const { exitCode, stdout, stderr } = await watching;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: "" });
    expect(stdout).toMatch(/^steady +Stopped +exit code \d+/m);
  });

  it("exec passes terminal, input and exit code through", async () => {
    const onTty = await onTerminal(80, "exec", "ticker", "--", "sh", "-c", "tty; exit 7");
    expect(onTty.exitCode).toBe(7);
    expect(onTty.stdout).toContain("/dev/pts/");
    const piped = await cli("exec", ["ticker", "--", "cat"], { stdin: "through a pipe\n" });
    expect(piped).toMatchObject({ exitCode: 0, stdout: "through a pipe\n" });
    const stopped = await cli("exec", ["steady", "--", "true"]);
    expect(stopped.exitCode).toBe(40);
  });

  it("config shows what up would use", async () => {
    const { stdout, exitCode } = await cli("config", [...files(), "--json"]);
    expect(exitCode).toBe(0);
    const { settings } = JSON.parse(stdout);
    expect(settings).toContainEqual({ name: "projectName", value: project, origin: "given" });
    expect(settings).toContainEqual({ name: "lagoPath", value: folder, origin: "given" });
  });
});
