import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lastLines, mustSucceed } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { duration } from "./report.ts";

const PLACES = ["/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd"];
const START_DEADLINE_MS = 60_000;
const ASK_EVERY_MS = 250;

/** Returns the path of the engine's program on this machine. */
export function findDockerd(): string | undefined {
  return PLACES.find((path) => existsSync(path));
}

/**
 * Starts the installed engine and waits until it answers.
 *
 * @param answers asks the engine
 * @throws SetupFailure when the engine may not be started, ends, or does not answer within a minute
 */
export async function startEngine(
  context: SetupContext,
  answers: () => Promise<boolean>,
): Promise<void> {
  const { report } = context;
  const dockerd = findDockerd();
  const hint = "Start it (`sudo systemctl start docker`) and run the same command again.";
  if (dockerd === undefined || process.getuid?.() !== 0) {
    throw new SetupFailure(
      `The Docker engine does not answer, and only root may start it. ${hint}`,
    );
  }
  const startedAt = performance.now();
  // This folder exists exactly when systemd runs the machine; see sd_booted(3).
  if (existsSync("/run/systemd/system")) {
    report.doing("Docker engine: it is installed but does not answer. Starting its service");
    const args = ["start", "docker"];
    const command = { program: "systemctl", args, timeoutMs: START_DEADLINE_MS };
    await mustSucceed(
      context,
      command,
      "Starting the Docker engine",
      "See `journalctl -u docker`.",
    );
    await waitFor(
      context,
      answers,
      async () => "    see `journalctl -u docker`",
      () => true,
    );
  } else {
    const log = join(context.tools, "dockerd.log");
    report.doing(
      `Docker engine: it is installed but does not answer, and no service manager runs here. Starting ${dockerd}, which logs to ${log}`,
    );
    const pid = await startDetached(context, dockerd, log);
    const tail = async () => lastLines(await readFile(log, "utf8"));
    await waitFor(context, answers, tail, () => isAlive(pid));
  }
  report.detail(`the engine answers after ${duration(performance.now() - startedAt)}`);
}

/**
 * Starts dockerd in its own session with a log file for its output: the engine outlives the script
 * and the terminal, and holds no pipe that somebody waits on.
 */
async function startDetached(context: SetupContext, dockerd: string, log: string) {
  const script = 'echo "$$"; exec "$0" </dev/null >"$1" 2>&1';
  const result = await mustSucceed(
    context,
    {
      program: "setsid",
      args: ["--fork", "sh", "-c", script, dockerd, log],
      timeoutMs: 10_000,
      environment: { PATH: `${context.env.PATH ?? ""}:/usr/sbin:/sbin` },
    },
    "Starting the Docker engine",
    `Start it by hand (\`${dockerd} >${log} 2>&1 &\`) and run the same command again.`,
  );
  return Number(result.stdout);
}

async function waitFor(
  context: SetupContext,
  answers: () => Promise<boolean>,
  tail: () => Promise<string>,
  alive: () => boolean,
): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  while (!(await answers())) {
    if (!alive()) {
      throw new SetupFailure(`The Docker engine ended right after its start:\n${await tail()}`);
    }
    if (performance.now() > deadline) {
      throw new SetupFailure(
        `The Docker engine does not answer ${duration(START_DEADLINE_MS)} after its start:\n${await tail()}`,
      );
    }
    await delay(ASK_EVERY_MS, undefined, { signal: context.signal });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
