/** Which inputs a provider takes, and in which words it refuses the others. */
import { check, secret, UNKNOWN, type WireCase } from "./case.ts";
import type { Json } from "./messages.ts";

const OFFICIAL_ONLY =
  "is not supported by the offline implementation of command:local:Command; install the official plugin (pulumi plugin install resource command 1.2.1)";

const TAKEN: readonly Json[] = [
  {},
  {
    create: "x",
    environment: { A: "1" },
    triggers: [1, "a", null, { b: [true] }],
    logging: "none",
  },
  { interpreter: [], environment: {}, addPreviousOutputInEnv: true, stdin: "", dir: "/" },
  { logging: "no such logging" },
  { create: secret("x"), environment: { A: secret("1") }, interpreter: secret(["sh", "-c"]) },
  {
    create: UNKNOWN,
    environment: { A: UNKNOWN },
    triggers: UNKNOWN,
    addPreviousOutputInEnv: UNKNOWN,
  },
];

const REFUSED: readonly (readonly [Json, string, string])[] = [
  [{ create: 1 }, "create", mustBe("create", "string", "float64")],
  [{ create: ["a"] }, "create", mustBe("create", "string", "[]interface {}")],
  [{ create: secret(true) }, "create", mustBe("create", "string", "bool")],
  [
    { create: { a: 1 } },
    "create",
    "An error occurred decoding 'CommandInputs.create': Cannot decode Object{} to type string; it isn't a struct, and no custom decoder exists",
  ],
  [{ interpreter: "sh" }, "interpreter", mustBe("interpreter", "[]string", "string")],
  [{ interpreter: ["sh", 3] }, "interpreter[1]", mustBe("interpreter[1]", "string", "float64")],
  [
    { environment: { A: 1 } },
    "environment[A] value",
    mustBe("environment[A] value", "string", "float64"),
  ],
  [{ environment: "x" }, "environment", mustBe("environment", "map[string]string", "string")],
  [{ logging: 3 }, "logging", mustBe("logging", "local.Logging", "float64")],
  [
    { addPreviousOutputInEnv: "yes" },
    "addPreviousOutputInEnv",
    mustBe("addPreviousOutputInEnv", "bool", "string"),
  ],
  [{ triggers: "x" }, "triggers", mustBe("triggers", "[]interface {}", "string")],
  [{ other: 1 }, "other", "Unrecognized field 'other' on 'local.CommandInputs'"],
  [{ stdout: "x" }, "stdout", "Unrecognized field 'stdout' on 'local.CommandInputs'"],
];

export const CHECKS: readonly WireCase[] = [
  ...TAKEN.map((inputs) => ({
    rule: `takes ${JSON.stringify(inputs)}`,
    request: check(inputs),
    outcome: { answer: { inputs } },
  })),
  ...REFUSED.map(([inputs, property, reason]) => ({
    rule: `refuses ${JSON.stringify(inputs)}`,
    request: check(inputs),
    outcome: { answer: { inputs, failures: { [property]: reason } } },
  })),
  {
    rule: "drops an input that is null",
    request: check({ create: null, dir: "/" }),
    outcome: { answer: { inputs: { dir: "/" } } },
  },
  {
    rule: "reports all faults at once",
    request: check({ create: 1, dir: true }),
    outcome: {
      answer: {
        inputs: { create: 1, dir: true },
        failures: {
          create: mustBe("create", "string", "float64"),
          dir: mustBe("dir", "string", "bool"),
        },
      },
    },
  },
  ...["assetPaths", "archivePaths"].map((name) => ({
    rule: `refuses ${name}`,
    request: check({ create: "x", [name]: ["*.txt"] }),
    outcome: {
      answer: {
        inputs: { create: "x", [name]: ["*.txt"] },
        failures: { [name]: `'${name}' ${OFFICIAL_ONLY}` },
      },
    },
    differs: { as: "D1", official: { answer: { inputs: { create: "x", [name]: ["*.txt"] } } } },
  })),
  {
    rule: "refuses a variable that is null",
    request: check({ environment: { A: null } }),
    outcome: {
      answer: {
        inputs: { environment: { A: null } },
        failures: { "environment[A] value": mustBe("environment[A] value", "string", "<nil>") },
      },
    },
    differs: { as: "D4", official: { none: "lost" } },
  },
  {
    rule: "keeps a secret unknown that a preview does not know",
    request: check({ create: secret(UNKNOWN) }),
    outcome: { answer: { inputs: { create: secret(UNKNOWN) } } },
    differs: { as: "D5", official: { answer: { inputs: { create: secret("") } } } },
  },
];

function mustBe(field: string, type: string, actual: string): string {
  return `Field '${field}' on 'local.CommandInputs' must be a '${type}'; got '${actual}' instead`;
}
