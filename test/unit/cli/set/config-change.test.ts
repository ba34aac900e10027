import { describe, expect, it } from "vitest";
import {
  faultsOfChange,
  pulumiPath,
  valueAt,
  withValue,
} from "../../../../src/cli/set/config-change.ts";

const OF = { program: "z-billing-lago", stack: "prod" };
const VALUES = new Map<string, unknown>([
  ["ports", { api: 3000 }],
  ["allowUnsafe", ["a:B"]],
  ["protekt", "true"],
]);

describe("a change of a stack's config", () => {
  it("leaves everything else as it is", () => {
    const changed = withValue(VALUES, ["ports", "front"], 8080);
    expect(changed.get("ports")).toEqual({ api: 3000, front: 8080 });
    expect(withValue(changed, ["allowUnsafe", 1], "c:D").get("allowUnsafe")).toEqual([
      "a:B",
      "c:D",
    ]);
    expect(VALUES.get("ports")).toEqual({ api: 3000 });
    expect(valueAt(changed, ["ports", "front"])).toBe(8080);
    expect(valueAt(changed, ["settings", "mail", "from"])).toBeUndefined();
  });

  it("of a field that every object has is a field like any other", () => {
    const changed = withValue(new Map(), ["environment", "__proto__"], "x");
    expect(JSON.stringify(changed.get("environment"))).toBe('{"__proto__":"x"}');
    expect(valueAt(VALUES, ["ports", "constructor"])).toBeUndefined();
  });

  it.each([
    [["ports", "api"], "ports.api"],
    [["allowUnsafe", 2], "allowUnsafe[2]"],
    [["memoryLimits", "api-worker"], "memoryLimits.api-worker"],
    [["memoryLimits", "a b"], 'memoryLimits["a b"]'],
  ])("at %j is %s for Pulumi", (path, text) => {
    expect(pulumiPath(path)).toBe(text);
  });

  it("has faults of its own, and is not held back by those of others", () => {
    const judge = (path: string[], value: unknown) => faultsOfChange(VALUES, path, value, OF);
    expect(judge(["ports", "front"], 8080)).toMatchObject({
      own: [],
      others: [{ field: "protekt" }],
    });
    expect(judge(["ports", "fornt"], 8080).own).toMatchObject([{ field: "ports.fornt" }]);
    expect(judge(["dockerCertPath"], "certs").own).not.toEqual([]);
    const wholeName = new Map([...VALUES, ["ports.front", "5"]]);
    expect(faultsOfChange(wholeName, ["ports", "front"], 8080, OF).own).toEqual([]);
    expect(faultsOfChange(wholeName, ["ports", "front"], 80_800, OF).own).toHaveLength(1);
  });
});
