/**
 * A `docker` program that answers as a test says, for the failures that a real engine cannot be
 * made to have at will, and for looking at exactly what it is handed.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** How one call is answered. Nothing, and exit code 0, unless said otherwise. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Milliseconds before anything is answered. */
  readonly delayMs?: number;
  /** Never ends by itself, but with exit code 130 on SIGINT, as compose does. */
  readonly hang?: boolean;
  /** Never ends by itself, nor on SIGINT and SIGTERM. */
  readonly deaf?: boolean;
}

/**
 * Answers by command, such as `up`, `ps` or `container inspect`: one for all calls, or one for each
 * call in turn and the last for all further ones. A command that is not named fails with code 97.
 */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

/** A call as the program received it. */
export interface Call {
  readonly verb: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly cwd: string;
  readonly pid: number;
}

/** A fake docker and what it was asked. */
export interface FakeDocker {
  /** A `PATH` that leads to it, and to Node. */
  readonly path: string;
  /** The calls so far, in order; of one command or of all. */
  calls(verb?: string): Call[];
  /** The only call of a command; an error when there were more or none. */
  call(verb: string): Call;
  /** Changes the answers for calls that are still to come. */
  script(script: Script): void;
}

/**
 * Where the engine is said to be: not on this machine, so that its own ports are in nobody's way;
 * and at an address where a real docker would find nothing.
 */
export const FAR_AWAY = "tcp://127.0.0.1:1";

/** Answers of an engine that is well, and of a compose that is new enough. */
export const WELL: Script = {
  version: { stdout: "2.26.1\n" },
  pull: {},
  up: {},
  down: {},
  restart: {},
  ps: {},
  logs: {},
  "container inspect": { stdout: "[]\n" },
  "container ls": {},
  "volume ls": {},
  "volume create": {},
  "volume rm": {},
};

/** Makes a fake docker that goes with the running test. */
export function createFakeDocker(script: Script = {}): FakeDocker {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-docker-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, "calls.jsonl");
  const bin = join(folder, "bin");
  const program = join(import.meta.dirname, "fake-docker-program.cjs");
  const setScript = (next: Script) => {
    const answers = Object.entries({ ...WELL, ...next }).map(([verb, answer]) => [
      verb,
      [answer].flat(),
    ]);
    writeFileSync(join(folder, "script.json"), JSON.stringify(Object.fromEntries(answers)));
  };
  const calls = (verb?: string) =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Call)
      .filter((call) => verb === undefined || call.verb === verb);
  writeFileSync(log, "");
  setScript(script);
  mkdirSync(bin);
  const launcher = `#!/usr/bin/env node\nrequire(${JSON.stringify(program)}).main(${JSON.stringify(folder)});\n`;
  writeFileSync(join(bin, "docker"), launcher);
  chmodSync(join(bin, "docker"), 0o755);
  return {
    path: [bin, dirname(process.execPath)].join(delimiter),
    calls,
    call: (verb) => {
      const [only, ...more] = calls(verb);
      if (only === undefined || more.length > 0) {
        const all = calls().map((call) => call.verb);
        throw new Error(`expected one call of ${verb}, saw: ${all.join(", ") || "none"}`);
      }
      return only;
    },
    script: setScript,
  };
}

/** Makes a fake docker the one that this process finds, until the running test is done. */
export function useFakeDocker(script: Script = {}): FakeDocker {
  const docker = createFakeDocker(script);
  vi.stubEnv("PATH", docker.path);
  vi.stubEnv("DOCKER_HOST", FAR_AWAY);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return docker;
}

/** Makes this process find no docker at all, until the running test is done. */
export function useNoDocker(): void {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-no-docker-"));
  vi.stubEnv("PATH", folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** A line of `docker compose ps` with what a test says of it. */
export function psLine(service: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({
    ID: `${service}-id`,
    Name: `lago-test-${service}-1`,
    Service: service,
    State: "running",
    Health: "healthy",
    ExitCode: 0,
    Image: `getlago/${service}`,
    ...fields,
  })}\n`;
}

/** The answer of `docker container inspect` for containers with these services' ids. */
export function inspectAnswer(
  ...containers: readonly { service: string; restartCount?: number; policy?: string }[]
): string {
  const inspected = containers.map(({ service, restartCount = 0, policy = "no" }) => ({
    Id: `${service}-id`,
    RestartCount: restartCount,
    State: { StartedAt: "2026-01-01T00:00:00Z" },
    HostConfig: { RestartPolicy: { Name: policy } },
  }));
  return `${JSON.stringify(inspected)}\n`;
}
