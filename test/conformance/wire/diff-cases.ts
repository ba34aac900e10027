/** What a provider calls a change. */
import { diff, secret, UNKNOWN, type WireCase } from "./case.ts";
import type { Json } from "./messages.ts";

type Row = readonly [
  rule: string,
  olds: Json,
  news: Json,
  changes: Record<string, string>,
  more?: Json,
];

const ROWS: readonly Row[] = [
  ["nothing", { create: "a" }, { create: "a" }, {}],
  ["a changed text", { create: "a" }, { create: "b" }, { create: "update" }],
  ["a dropped text", { create: "a" }, {}, { create: "delete" }],
  ["a new text", {}, { create: "a" }, { create: "add" }],
  ["one for another", { create: "a" }, { delete: "a" }, { create: "delete", delete: "add" }],
  [
    "variables one by one",
    { environment: { A: "1", C: "1" } },
    { environment: { A: "2", B: "1" } },
    { "environment.A": "update", "environment.B": "add", "environment.C": "delete" },
  ],
  [
    "a name that needs quotes",
    { environment: { 'a."b': "1" } },
    { environment: { 'a."b': "2" } },
    { 'environment["a.\\"b"]': "update" },
  ],
  [
    "a list's elements",
    { interpreter: ["a", "b"] },
    { interpreter: ["c"] },
    {
      "interpreter[0]": "update",
      "interpreter[1]": "delete",
    },
  ],
  ["a trigger", { triggers: [1] }, { triggers: [2] }, { "triggers[0]": "update" }],
  ["one more trigger", { triggers: [1] }, { triggers: [1, 2] }, { "triggers[1]": "add" }],
  ["one trigger less", { triggers: [1, 2] }, { triggers: [1] }, { "triggers[1]": "delete" }],
  [
    "a trigger within",
    { triggers: [{ a: 1 }] },
    { triggers: [{ a: 2, b: 1 }] },
    {
      "triggers[0].a": "update",
      "triggers[0].b": "add",
    },
  ],
  ["the first triggers", {}, { triggers: [1] }, { triggers: "add-replace" }],
  ["no more triggers", { triggers: [1] }, {}, { triggers: "delete-replace" }],
  ["empty triggers", { triggers: [] }, {}, { triggers: "delete-replace" }],
  ["a null trigger", { triggers: [null] }, { triggers: [1] }, { "triggers[0]": "add" }],
  ["an empty map", { environment: {} }, {}, { environment: "delete" }],
  ["null for nothing", { create: null }, {}, {}],
  ["nothing for null", {}, { create: null }, {}],
  [
    "a changed secret",
    { environment: { A: secret("1") } },
    { environment: { A: secret("2") } },
    { "environment.A": "update" },
  ],
  [
    "what changed beside a secret",
    { environment: { A: secret("1"), B: "1" } },
    { environment: { A: secret("1"), B: "2" } },
    { "environment.B": "update" },
  ],
  [
    "a secret map whose values became secrets",
    { environment: secret({ A: "1" }) },
    { environment: { A: secret("1") } },
    { environment: "update" },
  ],
  [
    "what is no secret any more",
    { environment: { A: secret("1") } },
    { environment: { A: "1" } },
    { "environment.A": "update" },
  ],
  [
    "a secret map as a whole",
    { environment: secret({ A: "1" }) },
    { environment: secret({ A: "2" }) },
    { environment: "update" },
  ],
  [
    "the same secret map",
    { environment: secret({ A: "1" }) },
    { environment: secret({ A: "1" }) },
    {},
  ],
  ["what is not known yet", { create: "a" }, { create: UNKNOWN }, { create: "update" }],
  ["what the engine adds", { create: "a" }, { create: "a", version: "1.2.1", __internal: {} }, {}],
  ["what is ignored", { create: "a" }, { create: "b" }, {}, { ignorechangesList: ["create"] }],
  [
    "what lies within an ignored place",
    { environment: { A: "1" } },
    { environment: { A: "2" } },
    { "environment.A": "update" },
    { ignorechangesList: ["environment.A"] },
  ],
];

export const DIFFS: readonly WireCase[] = ROWS.map(([rule, olds, news, changes, more]) => {
  const inputs = new Set(Object.keys(changes).map((path) => /^\w+/.exec(path)?.[0] ?? ""));
  return {
    rule: `sees ${rule}`,
    request: diff(olds, news, more),
    outcome: {
      answer: {
        changes: inputs.size > 0,
        diff: changes,
        diffs: [...inputs].sort(),
        replaces: Object.keys(changes).filter((path) => changes[path]?.endsWith("-replace")),
        deleteBeforeReplace: false,
        detailed: true,
      },
    },
  };
});
