/** What goes into a command, and what comes out of it. */
import type { LifeCase } from "./life-case.ts";

const NEW_V = { "environment.V": "update" };
const NEW_CREATE = { create: "update" };

export const STREAMS: readonly LifeCase[] = [
  {
    name: "streams",
    rule: "the streams are captured apart, less one last newline",
    args: { create: "printf 'a\\n\\n'; printf 'b\\n' >&2", logging: "none" },
    next: { create: "printf ' a '; printf '\\n\\n\\n' >&2" },
    created: { stdout: "a\n", stderr: "b", shown: [] },
    changed: { diff: NEW_CREATE, stdout: " a ", stderr: "\n\n", shown: [] },
  },
  {
    name: "previous-output",
    rule: "later commands find the last output in their environment",
    args: {
      create: "echo one; echo err >&2",
      update: 'echo "$PULUMI_COMMAND_STDOUT+$PULUMI_COMMAND_STDERR"',
      delete: 'echo "$PULUMI_COMMAND_STDOUT" >> ran/previous-output',
      environment: { V: "1" },
    },
    next: { environment: { V: "2" } },
    created: { stdout: "one", stderr: "err" },
    changed: { diff: NEW_V, stdout: "one+err" },
    deleted: ["one+err"],
  },
  {
    name: "previous-output-wins",
    rule: "where it wins over `environment`",
    args: {
      create: 'echo "$PULUMI_COMMAND_STDOUT"',
      environment: { PULUMI_COMMAND_STDOUT: "mine", V: "1" },
    },
    next: { environment: { PULUMI_COMMAND_STDOUT: "still mine", V: "1" } },
    created: { stdout: "mine" },
    changed: { diff: { "environment.PULUMI_COMMAND_STDOUT": "update" }, stdout: "mine" },
  },
  {
    name: "no-previous-output",
    rule: "unless `addPreviousOutputInEnv` is false",
    args: {
      create: "echo one",
      update: 'echo "${PULUMI_COMMAND_STDOUT-unset}"',
      addPreviousOutputInEnv: false,
      environment: { V: "1" },
    },
    next: { environment: { V: "2" } },
    created: { stdout: "one" },
    changed: { diff: NEW_V, stdout: "unset" },
  },
  {
    name: "environment",
    rule: "variables arrive as they are, on top of the caller's",
    args: {
      create: 'printf \'%s|%s\' "$ZBL_TEST_INHERITED" "$V"',
      environment: { V: "$HOME \"double\" 'single' `tick` \\n ü" },
    },
    next: { environment: { V: "1", ZBL_TEST_INHERITED: "from the program" } },
    created: { stdout: "from the caller|$HOME \"double\" 'single' `tick` \\n ü" },
    changed: {
      diff: { ...NEW_V, "environment.ZBL_TEST_INHERITED": "add" },
      stdout: "from the program|1",
    },
  },
  {
    name: "stdin",
    rule: "`stdin` is read to its end, without it input is empty",
    args: { create: "cat; echo end", stdin: "line 1\nline 2 ü\n" },
    next: { stdin: undefined },
    created: { stdout: "line 1\nline 2 ü\nend" },
    changed: { diff: { stdin: "delete" }, stdout: "end" },
  },
  {
    name: "interpreter",
    rule: "`interpreter` takes the command as its last argument",
    args: { create: "process.stdout.write(process.argv0)", interpreter: ["node", "-e"] },
    next: { create: "echo $0", interpreter: ["/bin/sh", "-c"] },
    created: { stdout: "node" },
    changed: {
      diff: { ...NEW_CREATE, "interpreter[0]": "update", "interpreter[1]": "update" },
      stdout: "/bin/sh",
    },
  },
  {
    name: "dir",
    rule: "`dir` is the folder to run in, by default the program's",
    args: { create: "pwd", dir: "/" },
    next: { create: "ls resources.json", dir: undefined },
    created: { stdout: "/" },
    changed: { diff: { ...NEW_CREATE, dir: "delete" }, stdout: "resources.json" },
  },
  {
    name: "log-default",
    rule: "both streams are shown as they come, a last line without newline too",
    args: { create: "echo out; echo err >&2" },
    next: { create: "printf 'no newline'", logging: "stdoutAndStderr" },
    created: { stdout: "out", stderr: "err" },
    changed: { diff: { ...NEW_CREATE, logging: "add" }, stdout: "no newline" },
  },
  {
    name: "log-one",
    rule: "`logging` picks what is shown, not what is captured",
    args: { create: "echo out; echo err >&2", logging: "stderr" },
    next: { logging: "stdout" },
    created: { stdout: "out", stderr: "err", shown: ["err"] },
    changed: { diff: { logging: "update" }, stdout: "out", stderr: "err", shown: ["out"] },
  },
];
