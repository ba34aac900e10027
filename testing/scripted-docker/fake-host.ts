/**
 * A scripted `docker` program, for failures that a real engine cannot produce on demand, and for
 * exact checks of its arguments.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Answer, type Script, WELL } from "./answers.ts";
import { type Call, readCall } from "./calls.ts";

/** Access to a fake docker's answers and calls. */
export interface FakeDocker {
  /** Folder of its answers and recorded calls, for programs that answer instead. */
  readonly home: string;
  /** Returns the calls so far, in order; of one command or of all. */
  calls(verb?: string): Call[];
  /** Returns the only call of a command; throws when there are more or none. */
  call(verb: string): Call;
  /** Replaces the answers to these commands, starting with the first one of each. */
  answer(script: Script): void;
  /** Replaces all answers by those of a healthy engine with `script` on top. */
  answerAll(script: Script): void;
  /** Returns the state that the last answer set; empty before. */
  state(): string;
}

/** A scripted `docker` program with a script for each project. */
export interface FakeHost {
  /** A `PATH` with this docker, this Node, the system's `flock` and nothing else. */
  readonly path: string;
  /** Sets the answers for calls that name a project; without a name, for all others. */
  docker(script: Script, project?: string): FakeDocker;
  dispose(): void;
}

/**
 * Address of a remote engine, so that ports of this machine do not matter. A real docker would find
 * nothing there.
 */
export const FAR_AWAY = "tcp://127.0.0.1:1";

/** The system's `flock`; undefined if it has none. */
const FLOCK = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "flock"))
  .find((path) => existsSync(path));

/** Creates a fake docker on its own `PATH`. */
export function createFakeHost(): FakeHost {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-docker-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const program = readFileSync(join(import.meta.dirname, "fake-docker.sh"), "utf8");
  const dial = join(import.meta.dirname, "dial-stdio.ts");
  writeFileSync(join(bin, "docker"), program.replaceAll("FOLDER", folder).replaceAll("DIAL", dial));
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
  const answer = (answers: Script) => writeAnswers(join(home, "answers"), answers);
  answer({ ...WELL, ...script });
  const calls = (verb?: string) => {
    const order = join(home, "order");
    const ids = existsSync(order) ? readFileSync(order, "utf8").split("\n") : [];
    return ids
      .filter((id) => id !== "")
      .map((id) => readCall(join(home, "calls"), Number(id)))
      .filter((call) => verb === undefined || call.verb === verb);
  };
  return {
    home,
    calls,
    answer,
    answerAll: (all) => {
      const answers = { ...WELL, ...all };
      answer(answers);
      for (const verb of readdirSync(join(home, "answers"))) {
        if (!Object.hasOwn(answers, verb)) {
          rmSync(join(home, "answers", verb), { recursive: true });
        }
      }
    },
    state: () => {
      const file = join(home, "state");
      return existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "";
    },
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

/** Replaces a command's answers atomically, since a call may come in between. */
function writeAnswers(folder: string, script: Script): void {
  for (const [verb, answers] of Object.entries(script)) {
    const place = join(folder, verb);
    const next = `${place}.next`;
    rmSync(next, { recursive: true, force: true });
    [answers].flat().forEach((answer, index) => {
      writeAnswer(join(next, `${index + 1}`), answer);
    });
    rmSync(place, { recursive: true, force: true });
    renameSync(next, place);
  }
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
  write("end", `${endOf(answer)}\n`);
  if (answer.program !== undefined) {
    write("program", `${answer.program}\n`);
  }
  if (answer.sets !== undefined) {
    write("sets", `${answer.sets}\n`);
  }
}

function endOf({ deaf, hang, withChild }: Answer): string {
  if (deaf) {
    return withChild ? "deaf-child" : "deaf";
  }
  return hang ? "hang" : "";
}
