/** Commands that cannot be created. */
import { type FailureCase, LATE } from "./failure-case.ts";

export const FAILED_CREATIONS: readonly FailureCase[] = [
  {
    name: "create-fails",
    rule: "a failed creation leaves nothing, and its `delete` never runs; the next update tries again",
    args: { create: "echo out; exit 4", delete: "echo delete >> ran/create-fails" },
    next: { create: "echo better" },
    creation: {
      ops: ["create"],
      shown: ["out"],
      error: 'exit status 4: running "echo out; exit 4":\nout',
    },
    change: { ops: ["create"], stdout: "better", stderr: "", shown: ["better"] },
    deletion: { ops: ["delete"], ran: ["delete"] },
    stored: [null, "better", null],
  },
  {
    name: "create-late",
    rule: "a command is killed at its deadline, and has failed",
    args: { create: "echo started; exec sleep 20" },
    options: LATE,
    next: "gone",
    creation: {
      ops: ["create"],
      shown: ["started"],
      error: 'signal: killed: running "echo started; exec sleep 20":\nstarted',
    },
    stored: [null, null, null],
  },
  {
    name: "no-folder",
    rule: "a missing folder is named",
    args: { create: "true", dir: "missing" },
    next: "gone",
    creation: {
      ops: ["create"],
      error: 'chdir missing: no such file or directory: running "true":',
    },
    stored: [null, null, null],
  },
  {
    name: "all-output",
    rule: "an error carries the whole command, quoted, and its whole output",
    args: { create: 'seq 1 9000 # "all"\nexit 1', logging: "none" },
    next: "gone",
    creation: {
      ops: ["create"],
      error: `exit status 1: running "seq 1 9000 # \\"all\\"\\nexit 1":\n${Array.from({ length: 9000 }, (_, i) => i + 1).join("\n")}`,
    },
    stored: [null, null, null],
  },
];
