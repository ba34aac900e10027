/** What a preview says of outputs: nothing runs in it. */
import { create, created, secret, UNKNOWN, update, type WireCase } from "./case.ts";
import type { Json } from "./messages.ts";

const PREVIEW = { preview: true };
const BEFORE = { create: "touch ran", stdout: "before", stderr: "err" };

type Row = readonly [rule: string, olds: Json, news: Json, isUnknown: boolean];

const UPDATES: readonly Row[] = [
  ["a changed command", BEFORE, { create: "touch ran twice" }, true],
  ["a dropped input", { ...BEFORE, update: "x" }, { create: "touch ran" }, true],
  ["no change", BEFORE, { create: "touch ran" }, false],
  ["a new input", BEFORE, { create: "touch ran", update: "x" }, false],
  ["an unknown command", BEFORE, { create: UNKNOWN }, true],
  [
    "a first, unknown variable",
    BEFORE,
    { create: "touch ran", environment: { A: UNKNOWN } },
    false,
  ],
  [
    "an unknown variable",
    { ...BEFORE, environment: { A: "1" } },
    { create: "touch ran", environment: { A: UNKNOWN } },
    true,
  ],
  [
    "a changed secret",
    { ...BEFORE, environment: { A: secret("1") }, stdout: secret("before") },
    { create: "touch ran", environment: { A: secret("2") } },
    true,
  ],
  [
    "no change and a secret output",
    { ...BEFORE, stdout: secret("before") },
    { create: "touch ran" },
    false,
  ],
];

const CREATIONS: readonly Json[] = [
  { create: "touch ran" },
  {},
  { create: UNKNOWN },
  { create: "touch ran", environment: { A: UNKNOWN } },
  { create: "touch ran", environment: { A: secret("s") }, stdin: secret("q") },
];

export const PREVIEWS: readonly WireCase[] = [
  ...CREATIONS.map((inputs) => ({
    rule: `knows no output of creating ${JSON.stringify(inputs)}`,
    request: create(inputs, PREVIEW),
    outcome: created(inputs, UNKNOWN, UNKNOWN),
  })),
  ...UPDATES.map(([rule, olds, news, isUnknown]) => ({
    rule: `${isUnknown ? "knows no output" : "keeps the outputs"} of an update with ${rule}`,
    request: update(olds, news, PREVIEW),
    outcome: {
      answer: {
        state: isUnknown
          ? { ...news, stdout: UNKNOWN, stderr: UNKNOWN }
          : { ...news, stdout: "before", stderr: "err" },
      },
    },
  })),
];
