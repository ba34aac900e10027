/** Secrets, values that a preview does not know, and odd text. */
import type { LifeCase } from "./life-case.ts";

export const VALUES: readonly LifeCase[] = [
  {
    name: "secret-variable",
    rule: "a secret stays one under its own name; output of it does not become one",
    args: { create: 'echo "$A $B"', environment: { A: { $secret: "open" }, B: "sesame" } },
    next: { environment: { A: { $secret: "shut" }, B: "sesame" } },
    created: { stdout: "open sesame" },
    changed: { diff: { "environment.A": "update" }, stdout: "shut sesame" },
  },
  {
    name: "secret-whole",
    rule: "a whole map, list or text may be secret, and a trigger",
    args: {
      create: { $secret: 'echo "$A"; cat' },
      environment: { $secret: { A: "open" } },
      stdin: { $secret: "in" },
      interpreter: { $secret: ["/bin/sh", "-c"] },
      triggers: [{ $secret: 1 }],
    },
    next: { environment: { $secret: { A: "shut" } } },
    created: { stdout: "open\nin" },
    changed: { diff: { environment: "update" }, stdout: "shut\nin" },
  },
  {
    name: "secret-output",
    rule: "`additionalSecretOutputs` hides an output, and later commands still find it",
    args: {
      create: "echo hidden",
      update: 'echo "$PULUMI_COMMAND_STDOUT" >> ran/secret-output',
      logging: "none",
      environment: { V: "1" },
    },
    options: { additionalSecretOutputs: ["stdout"] },
    next: { environment: { V: "2" } },
    created: { stdout: "<secret>", shown: [] },
    changed: {
      diff: { "environment.V": "update" },
      stdout: "<secret>",
      shown: [],
      ran: ["hidden"],
    },
  },
  {
    name: "source",
    rule: "output can go into another command",
    args: { create: "echo $V", environment: { V: "1" } },
    next: { environment: { V: "2" } },
    created: { stdout: "1" },
    changed: { diff: { "environment.V": "update" }, stdout: "2" },
  },
  {
    name: "sink",
    rule: "which a preview does not know yet",
    args: { create: 'echo "from $V"', environment: { V: { $stdout: "source" } } },
    created: { stdout: "from 1" },
    changed: { diff: { "environment.V": "update" }, stdout: "from 2" },
  },
  {
    name: "text",
    rule: "any text comes through, however odd",
    args: { create: "printf '%s' 'ü€😀 \"q\" \\\\ \t$'" },
    next: { create: "printf ''" },
    created: { stdout: 'ü€😀 "q" \\\\ \t$' },
    changed: { diff: { create: "update" } },
  },
  {
    name: "long",
    rule: "output may be long where it need not be shown",
    args: { create: "seq 1 15000; echo err >&2", logging: "none" },
    next: { create: "echo short" },
    created: { stdout: numbersTo(15_000), stderr: "err", shown: [] },
    changed: { diff: { create: "update" }, stdout: "short", shown: [] },
  },
  {
    name: "in-time",
    rule: "a deadline that is kept changes nothing",
    args: { create: "echo in time" },
    options: { customTimeouts: { create: "1m", update: "1m", delete: "1m" } },
    next: { create: "echo again in time" },
    created: { stdout: "in time" },
    changed: { diff: { create: "update" }, stdout: "again in time" },
  },
];

function numbersTo(last: number): string {
  return Array.from({ length: last }, (_, i) => i + 1).join("\n");
}
