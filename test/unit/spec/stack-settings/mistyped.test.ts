/** Slips of a person who writes the config of a stack: none passes silently, and none crashes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeployError } from "../../../../src/errors.ts";
import { VARIABLES } from "../../../../src/lago/catalogue/index.ts";
import { WORKER_POOLS } from "../../../../src/lago/pools.ts";
import { STACK_SETTING_NAMES } from "../../../../src/spec/names.ts";
import { soundStackSettings } from "../../../../src/spec/sound.ts";
import { readStackSettings } from "../../../../src/spec/stack-settings.ts";
import "../../../support/arbitraries.ts";

const OF = { program: "z-billing-lago", stack: "prod" };

/** Every name that the rules of the config know, as a path. */
const PATHS = [
  ...STACK_SETTING_NAMES.map((name) => [name]),
  ...["api", "front", "address"].map((name) => ["ports", name]),
  ...Object.keys(WORKER_POOLS).map((name) => ["workers", name]),
  ...["count", "concurrency"].map((name) => ["workers", "events", name]),
  ...VARIABLES.filter(({ setting, scope }) => setting !== undefined && scope === undefined).map(
    ({ setting = "" }) => ["settings", ...setting.split(".")],
  ),
];
const KNOWN = new Set(
  PATHS.flatMap((path) => path.map((_, index) => path.slice(0, index + 1).join("."))),
);

/** One slip: a letter too many, too few, another one, or two in the wrong order. */
const slips = fc
  .record({
    kind: fc.constantFrom("drop", "add", "replace", "swap", "capital"),
    at: fc.nat(),
    letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz-_"),
  })
  .map(({ kind, at, letter }) => (name: string) => {
    const place = at % name.length;
    const [before, one, after] = [name.slice(0, place), name[place] ?? "", name.slice(place + 1)];
    switch (kind) {
      case "drop":
        return before + after;
      case "add":
        return before + letter + one + after;
      case "replace":
        return before + letter + after;
      case "swap":
        return before + after.slice(0, 1) + one + after.slice(1);
      default:
        return before + (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()) + after;
    }
  });

/** The config with one value, as texts. */
function textsOf(path: readonly string[], value: unknown): ReadonlyMap<string, string> {
  const [head = "", ...below] = path;
  const tree = below.reduceRight((inner: unknown, name) => ({ [name]: inner }), value);
  return new Map([[head, typeof tree === "string" ? tree : JSON.stringify(tree)]]);
}

const faultsOf = (texts: ReadonlyMap<string, string>) => {
  try {
    readStackSettings(texts, OF);
    return [];
  } catch (error) {
    if (!DeployError.isDeployError(error)) {
      throw error;
    }
    return error.issues;
  }
};

describe("the config of a stack", () => {
  it("refuses every name of which one letter is wrong, by that name", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), fc.nat(), slips, (path, which, slip) => {
        const place = which % path.length;
        const mistyped = path.map((name, index) => (index === place ? slip(name) : name));
        const upTo = mistyped.slice(0, place + 1).join(".");
        fc.pre(!KNOWN.has(upTo) && mistyped[place] !== "");
        const [issue, ...others] = faultsOf(textsOf(mistyped, {}));
        expect(issue?.field).toBe(upTo);
        expect(issue?.message).toMatch(/is not a setting of|no such/);
        expect(others).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("tells the right name beside a letter that is too many in a long one", () => {
    const missing = STACK_SETTING_NAMES.filter((name) => name.length > 4).filter(
      (name) => !faultsOf(textsOf([`${name}x`], ""))[0]?.message.includes(`Did you mean ${name}?`),
    );
    expect(missing).toEqual([]);
  });

  it("never crashes, whatever it holds, and goes on with what is valid", () => {
    const names = fc.oneof(fc.constantFrom(...STACK_SETTING_NAMES), fc.string({ minLength: 1 }));
    const values = fc.oneof(fc.json(), fc.string(), fc.constantFrom("", "null", "{}", "[]", "yes"));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values)), (entries) => {
        const texts = new Map(entries);
        const issues = faultsOf(texts);
        const sound = soundStackSettings(texts, OF);
        // An object has its numeric names first.
        expect(new Set(sound.issues)).toEqual(new Set(issues));
        for (const { field, message } of issues) {
          expect(field).not.toBe("");
          expect(message).not.toMatch(/Invalid input|Too (big|small)|\[object/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["protect", '"yes"'],
    ["protect", ""],
    ["version", "latest"],
    ["version", '{"a":1}'],
    ["restartToken", '["a"]'],
    ["projectName", "{}"],
    ["ports", "3000"],
    ["ports", '{"api":null}'],
    ["ports", '{"api":99999}'],
    ["memoryLimits", '["1g"]'],
    ["memoryLimits", '{"api":3}'],
    ["workers", '{"events":2}'],
    ["settings", "[]"],
    ["settings", '{"mail":null}'],
    ["environment", '{"A":{"b":"c"}}'],
    ["allowUnsafe", "x"],
    ["allowUnsafe", "[null]"],
    ["logTail", "many"],
    ["startTimeoutSeconds", "-1"],
    ["apiUrl", '["https://x"]'],
    ["disableSignup", "on"],
  ])("refuses %s of %s", (name, text) => {
    const issues = faultsOf(new Map([[name, text]]));
    expect(issues.map(({ field }) => field.split(".")[0])).toContain(name);
    expect(issues.map(({ message }) => message).join()).toMatch(
      /expected|no compose project|is no/,
    );
  });

  it.each([
    ["pullPolicy", "alway", "always"],
    ["allowKeyChange", '["secretKeyBas"]', "secretKeyBase"],
  ])("tells which choice of %s was probably meant by %s", (name, text, meant) => {
    expect(faultsOf(new Map([[name, text]]))[0]?.message).toContain(`Did you mean ${meant}?`);
  });
});
