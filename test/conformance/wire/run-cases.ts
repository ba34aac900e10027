/** Running commands: what a program sees, prints and ends with. */
import {
  byteString,
  create,
  created,
  failed,
  remove,
  secret,
  showing,
  update,
  type WireCase,
} from "./case.ts";
import type { Json } from "./messages.ts";

const QUIET = { logging: "none" };
const NOT_UTF8 = Buffer.from([0x61, 0xff, 0x62]);

/** Commands that fail, each with the error's first line. */
const FAILURES: readonly (readonly [Json, string])[] = [
  [{ create: "exit 3" }, 'exit status 3: running "exit 3":'],
  [{ create: "kill -TERM $$" }, 'signal: terminated: running "kill -TERM $$":'],
  [{ create: "kill -KILL $$" }, 'signal: killed: running "kill -KILL $$":'],
  [{ create: "kill -USR1 $$" }, 'signal: user defined signal 1: running "kill -USR1 $$":'],
  [{ create: "x", dir: "/nope" }, 'chdir /nope: no such file or directory: running "x":'],
  [{ create: "x", dir: "/etc/passwd" }, 'fork/exec /bin/sh: not a directory: running "x":'],
  [
    { create: "x", interpreter: ["zbl-nope"] },
    'exec: "zbl-nope": executable file not found in $PATH: running "x":',
  ],
  [
    { create: "x", interpreter: ["/nope"] },
    'fork/exec /nope: no such file or directory: running "x":',
  ],
  [
    { create: "x", interpreter: ["/etc/passwd"] },
    'fork/exec /etc/passwd: permission denied: running "x":',
  ],
  [{ create: "x", interpreter: [""] }, 'exec: no command: running "x":'],
  [{ create: "a\0b" }, 'fork/exec /bin/sh: invalid argument: running "a\\x00b":'],
  [
    { create: "x", environment: { A: "a\0b" } },
    'exec: environment variable contains NUL: running "x":',
  ],
  [
    { create: "x", environment: { A: "x".repeat(200_000) } },
    'fork/exec /bin/sh: argument list too long: running "x":',
  ],
  [
    { create: ': "\\\n\t\u0001é\u200b😀\u00a0"; exit 1' },
    'exit status 1: running ": \\"\\\\\\n\\t\\x01é\\u200b😀\\u00a0\\"; exit 1":',
  ],
];

export const RUNS: readonly WireCase[] = [
  ...FAILURES.map(([inputs, line]) => ({
    rule: `fails with ${line.slice(0, 60)}`,
    request: create(inputs),
    outcome: failed(`${line}\n`),
  })),
  {
    rule: "fails with all output behind the command",
    request: create({ create: "echo out; exit 7" }),
    outcome: showing(failed('exit status 7: running "echo out; exit 7":\nout\n'), "out"),
  },
  {
    rule: "refuses to run what check would refuse",
    request: create({ create: 1 }),
    outcome: failed(
      "invalid inputs: 1 failures decoding:\n\tcreate: Field 'create' on 'local.CommandInputs' must be a 'string'; got 'float64' instead",
    ),
  },
  {
    rule: "runs an empty command",
    request: create({ create: "" }),
    outcome: created({ create: "" }),
  },
  {
    rule: "runs with secrets, and keeps them where they were",
    request: create({
      create: secret("cat"),
      stdin: secret("in"),
      triggers: [secret(1)],
      ...QUIET,
    }),
    outcome: created(
      { create: secret("cat"), stdin: secret("in"), triggers: [secret(1)], ...QUIET },
      "in",
    ),
  },
  {
    rule: "shows lines without their ends",
    request: create({ create: "printf 'a\\r\\n\\nb'" }),
    outcome: showing(created({ create: "printf 'a\\r\\n\\nb'" }, "a\r\n\nb"), "a", "", "b"),
  },
  {
    rule: "keeps text that is no UTF-8",
    request: create({ create: "printf 'a\\377b'", ...QUIET }),
    outcome: created({ create: "printf 'a\\377b'", ...QUIET }, byteString(NOT_UTF8)),
  },
  {
    rule: "hands on earlier output that is no UTF-8",
    request: update(
      { stdout: byteString(NOT_UTF8), stderr: "" },
      { create: 'printf %s "$PULUMI_COMMAND_STDOUT" | od -An -tx1', ...QUIET },
    ),
    outcome: {
      answer: {
        state: {
          create: 'printf %s "$PULUMI_COMMAND_STDOUT" | od -An -tx1',
          ...QUIET,
          stdout: " 61 ef bf bd 62",
          stderr: "",
        },
      },
    },
    differs: {
      as: "D7",
      official: {
        answer: {
          state: {
            create: 'printf %s "$PULUMI_COMMAND_STDOUT" | od -An -tx1',
            ...QUIET,
            stdout: " 61 ff 62",
            stderr: "",
          },
        },
      },
    },
  },
  {
    rule: "leaves outputs alone where there is nothing to run",
    request: update({ stdout: secret("a"), stderr: "b" }, { delete: "x" }),
    outcome: { answer: { state: { delete: "x", stdout: "a", stderr: "b" } } },
  },
  {
    rule: "wants a whole state",
    request: update({ stdout: "a" }, { create: "x" }),
    outcome: failed(
      "1 failures decoding:\n\tstderr: Missing required field 'stderr' on 'local.CommandOutputs'",
    ),
  },
  {
    rule: "deletes with the outputs of the state",
    request: remove({ delete: 'exit "$PULUMI_COMMAND_STDOUT"', stdout: "5", stderr: "" }),
    outcome: failed('exit status 5: running "exit \\"$PULUMI_COMMAND_STDOUT\\"":\n'),
  },
];
