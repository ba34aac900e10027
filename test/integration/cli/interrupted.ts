/** Runs a command that goes on until somebody ends it. */
import { type RunResult, run } from "../../../src/process/run.ts";
import { CLI, interpreter, runCli } from "../../../testing/cli.ts";
import type { FakeHost } from "../../../testing/scripted-docker/fake-docker.ts";

/**
 * Runs the command line and sends it a signal, as a terminal's Ctrl-C is one, at a line of its output.
 *
 * @param isLast whether it is to be ended at this line
 */
export async function runUntil(
  host: Pick<FakeHost, "path">,
  args: readonly string[],
  isLast: (line: string) => boolean,
  options: { readonly signal?: NodeJS.Signals; readonly env?: Record<string, string> } = {},
): Promise<RunResult> {
  let pid = 0;
  let sent = false;
  return await runCli(host, args, {
    ...(options.env === undefined ? {} : { env: options.env }),
    onStart: (id) => {
      pid = id;
    },
    onLine: (line) => {
      if (!sent && isLast(line)) {
        sent = true;
        process.kill(pid, options.signal ?? "SIGINT");
      }
    },
  });
}

/** Runs the command line before `head`, which reads one line and goes; tells both of its exit codes. */
export async function runBeforeHead(host: Pick<FakeHost, "path">, args: readonly string[]) {
  const [program, argument] = interpreter();
  const script = '{ "$@"; echo "exit code $?" >&2; } | /usr/bin/head -n 1';
  return await run("/bin/sh", ["-c", script, "sh", program, argument, CLI, ...args], {
    timeoutMs: 25_000,
    env: { PATH: host.path, DOCKER_HOST: "tcp://127.0.0.1:1" },
  });
}
