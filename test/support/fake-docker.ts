/**
 * A `docker` program that answers as a test says, for the failures that a real engine cannot be
 * made to have at will, and for looking at exactly what it is handed.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { type Answer, type Script, WELL } from "./answers.ts";
import { type Call, readCall } from "./calls.ts";

export type { Answer, Script } from "./answers.ts";

/** What a fake docker was asked. */
export interface FakeDocker {
  /** The calls so far, in order; of one command or of all. */
  calls(verb?: string): Call[];
  /** The only call of a command; an error when there were more or none. */
  call(verb: string): Call;
}

/** A `docker` program that answers for several projects, each by a script of its own. */
export interface FakeHost {
  /** A `PATH` that leads to it, to this Node, to the system's `flock` and to nothing else. */
  readonly path: string;
  /** Sets the answers for calls that name a project; without a name, for all others. */
  docker(script: Script, project?: string): FakeDocker;
  dispose(): void;
}

/**
 * Where the engine is said to be: not on this machine, so that its own ports are in nobody's way;
 * and at an address where a real docker would find nothing.
 */
export const FAR_AWAY = "tcp://127.0.0.1:1";

/** The system's own; undefined where it has none. */
const FLOCK = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "flock"))
  .find((path) => existsSync(path));

/** Makes a fake docker on a `PATH` of its own. */
export function createFakeHost(): FakeHost {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-docker-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const program = readFileSync(join(import.meta.dirname, "fake-docker.sh"), "utf8");
  writeFileSync(join(bin, "docker"), program.replaceAll("FOLDER", folder));
  chmodSync(join(bin, "docker"), 0o755);
  symlinkSync(process.execPath, join(bin, "node"));
  if (FLOCK !== undefined) {
    symlinkSync(FLOCK, join(bin, "flock"));
  }
  prepare(join(folder, "others"), {});
  return {
    path: bin,
    docker: (script, project) => {
      const home = project === undefined ? "others" : join("projects", project);
      return prepare(join(folder, home), script);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function prepare(home: string, script: Script): FakeDocker {
  mkdirSync(join(home, "calls"), { recursive: true });
  for (const [verb, answers] of Object.entries({ ...WELL, ...script })) {
    [answers].flat().forEach((answer, index) => {
      writeAnswer(join(home, "answers", verb, `${index + 1}`), answer);
    });
  }
  const calls = (verb?: string) => {
    const order = join(home, "order");
    const ids = existsSync(order) ? readFileSync(order, "utf8").split("\n") : [];
    return ids
      .filter((id) => id !== "")
      .map((id) => readCall(join(home, "calls", id), Number(id)))
      .filter((call) => verb === undefined || call.verb === verb);
  };
  return {
    calls,
    call: (verb) => {
      const [only, ...more] = calls(verb);
      if (only === undefined || more.length > 0) {
        const all = calls().map((call) => call.verb);
        throw new Error(`expected one call of ${verb}, saw: ${all.join(", ") || "none"}`);
      }
      return only;
    },
  };
}

function writeAnswer(folder: string, answer: Answer): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("stdout", answer.stdout ?? "");
  write("stderr", answer.stderr ?? "");
  // With a line break, without which a shell's `read` fails.
  write("exit", `${answer.exitCode ?? 0}\n`);
  write("times", `${answer.times ?? 1}\n`);
  write("delay", `${(answer.delayMs ?? 0) / 1000}\n`);
  write("end", `${answer.deaf ? "deaf" : answer.hang ? "hang" : ""}\n`);
}

/** Makes a fake docker the one that this process finds, until the running test is done. */
export function useFakeDocker(script: Script = {}): FakeDocker & { readonly path: string } {
  const host = createFakeHost();
  useHost(host);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    host.dispose();
  });
  return { ...host.docker(script), path: host.path };
}

/** Makes a host's docker the one that this process finds, until its environment is restored. */
export function useHost(host: FakeHost): void {
  vi.stubEnv("PATH", host.path);
  vi.stubEnv("DOCKER_HOST", FAR_AWAY);
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
