/** Calls recorded by `fake-docker.sh`. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A call as the program received it. */
export interface Call {
  readonly verb: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly cwd: string;
  readonly pid: number;
  /** Time in milliseconds since 1970. */
  readonly atMs: number;
  /** State that the answer set, if any. */
  readonly sets?: string;
}

/** Variables that the shell adds to the environment. */
const OF_THE_SHELL = ["PWD", "SHLVL", "_"];

/** Reads the record of a call: the files in the folder that begin with its process id. */
export function readCall(folder: string, pid: number): Call {
  const file = (name: string) => join(folder, `${pid}.${name}`);
  const read = (name: string) => readFileSync(file(name), "utf8");
  const entries = read("env")
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry): [string, string] => {
      const equals = entry.indexOf("=");
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    });
  return {
    verb: read("verb").trimEnd(),
    args: read("args").split("\0").slice(0, -1),
    env: Object.fromEntries(entries.filter(([name]) => !OF_THE_SHELL.includes(name))),
    stdin: read("stdin"),
    cwd: read("cwd").trimEnd(),
    pid,
    atMs: statSync(file("args")).mtimeMs,
    ...(existsSync(file("sets")) ? { sets: read("sets").trimEnd() } : {}),
  };
}
