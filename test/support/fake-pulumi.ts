/** A scripted `pulumi` on the PATH, for tests of what is made of its answers. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";
import { LOCK_FOLDER_VARIABLE } from "../../src/lock/file-lock.ts";
import { type RunOptions, type RunResult, run } from "../../src/process/run.ts";
import { CLI, interpreter } from "../../testing/cli.ts";
import { COMPILE_CACHE } from "../../testing/folders.ts";

/** What a command is answered with. */
export interface PulumiAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  /** Defaults to 0. */
  readonly exitCode?: number;
  /** Ends itself by this signal instead, such as `KILL`. */
  readonly signal?: string;
  /** Does not end by itself. Defaults to false. */
  readonly hangs?: boolean;
}

/** A folder with the program. */
export interface FakePulumi {
  readonly folder: string;
  /**
   * Sets the answers to commands by their first word, or by their first two, one for each call; the
   * last one stays.
   */
  answer(answers: Readonly<Record<string, PulumiAnswer | readonly PulumiAnswer[]>>): void;
  /** The command lines so far. */
  calls(): string[];
  /** Runs `z-billing-lago pipeline` with it. */
  pipeline(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    options?: Partial<RunOptions>,
  ): Promise<RunResult>;
}

/**
 * Makes one until the running test is done. Every command it has no answer to fails. An export to a file
 * goes there.
 */
export function useFakePulumi(): FakePulumi {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-fake-pulumi-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "pulumi");
  writeFileSync(program, SCRIPT);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, "calls"), "");
  const [node, argument] = interpreter();
  return {
    folder,
    answer: (answers) => {
      for (const [command, given] of Object.entries(answers)) {
        const all = [given].flat();
        all.forEach(({ stdout = "", stderr = "", exitCode = 0, signal, hangs }, index) => {
          const place = join(folder, `${command}.${index + 1}`);
          writeFileSync(`${place}.out`, stdout);
          writeFileSync(`${place}.err`, stderr);
          const end = signal === undefined ? `exit ${exitCode}` : `kill -s ${signal} $$`;
          writeFileSync(`${place}.end`, hangs === true ? "exec sleep 60" : end);
        });
        writeFileSync(join(folder, `${command}.count`), "0");
      }
    },
    calls: () => readFileSync(join(folder, "calls"), "utf8").split("\n").slice(0, -1),
    pipeline: (args, env = {}, options = {}) =>
      run(node, [argument, CLI, "pipeline", ...args], {
        cwd: folder,
        timeoutMs: 25_000,
        ...options,
        env: {
          PATH: [folder, process.env.PATH ?? ""].join(delimiter),
          HOME: folder,
          [LOCK_FOLDER_VARIABLE]: process.env[LOCK_FOLDER_VARIABLE] ?? "",
          NODE_COMPILE_CACHE: COMPILE_CACHE,
          ...env,
        },
      }),
  };
}

const SCRIPT = `#!/bin/sh
here=\${0%/*}
printf '%s\\n' "$*" >>"$here/calls"
name=$1
[ -e "$here/$1 $2.count" ] && name="$1 $2"
[ -e "$here/$name.count" ] || { echo "error: no answer to $1" >&2; exit 1; }
read -r count <"$here/$name.count"
[ -e "$here/$name.$((count + 1)).out" ] && count=$((count + 1))
echo "$count" >"$here/$name.count"
for word; do
  [ "$last" = --file ] && [ "$2" = export ] && exec >"$word"
  last=$word
done
cat "$here/$name.$count.out"
cat "$here/$name.$count.err" >&2
. "$here/$name.$count.end"
`;
