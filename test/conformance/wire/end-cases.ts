/** Deadlines, endless lines, and what is none of the provider's business. */
import { create, created, failed, showing, URN, type WireCase } from "./case.ts";

const ONLY_COMMAND =
  "is not part of the offline implementation of the command provider, which has command:local:Command only; install the official plugin (pulumi plugin install resource command 1.2.1)";

const LONG_LINE = Array.from({ length: 20_000 }, (_, i) => i + 1).join("x");
const LONG_LINE_COMMAND = { create: "seq -s x 1 20000" };

export const ENDS: readonly WireCase[] = [
  {
    rule: "kills a command at its deadline",
    request: { ...create({ create: "exec sleep 9" }, { timeout: 2 }), patienceMs: 6000 },
    outcome: failed('signal: killed: running "exec sleep 9":\n'),
  },
  {
    rule: "but waits for what the command started and left behind",
    request: { ...create({ create: "sleep 9; true" }, { timeout: 1 }), patienceMs: 2500 },
    outcome: { none: "silent" },
  },
  {
    rule: "takes a command for done that ended in time, however long its children take",
    request: create({ create: "(sleep 3 &); echo done", logging: "none" }, { timeout: 2 }),
    outcome: created({ create: "(sleep 3 &); echo done", logging: "none" }, "done"),
  },
  {
    rule: "drops fractions of a deadline",
    request: create({ create: "true" }, { timeout: 0.9 }),
    outcome: failed('context deadline exceeded: running "true":\n', "DEADLINE_EXCEEDED"),
  },
  {
    rule: "shows a line of more than 64 KiB, in parts, and goes on",
    request: { ...create(LONG_LINE_COMMAND), patienceMs: 3000 },
    outcome: showing(created(LONG_LINE_COMMAND, LONG_LINE), ...partsOf(LONG_LINE, 16 * 1024)),
    differs: { as: "D3", official: { none: "silent" } },
  },
  {
    rule: "has no remote commands",
    request: create({}, { urn: "urn:pulumi:dev::project::command:remote:Command::name" }),
    outcome: failed(`command:remote:Command ${ONLY_COMMAND}`, "NOT_FOUND"),
    differs: {
      as: "D2",
      official: failed(
        "invalid inputs: 1 failures decoding:\n\tconnection: Missing required field 'connection' on 'remote.CommandInputs'",
      ),
    },
  },
  {
    rule: "has no functions",
    request: { method: "invoke", fields: { tok: "command:local:run", args: { command: "true" } } },
    outcome: failed(`command:local:run ${ONLY_COMMAND}`, "NOT_FOUND"),
    differs: {
      as: "D2",
      official: { answer: { result: { command: "true", stdout: "", stderr: "" } } },
    },
  },
  {
    rule: "reads a state as it stands",
    request: {
      method: "read",
      fields: { urn: URN, id: "x", properties: { stdout: "a", stderr: "" }, inputs: { dir: "/" } },
    },
    outcome: { answer: { id: "x", state: { stdout: "a", stderr: "" }, inputs: { dir: "/" } } },
  },
];

function partsOf(line: string, length: number): string[] {
  return line.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
}
