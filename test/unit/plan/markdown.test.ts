import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planMarkdown } from "../../../src/plan/markdown.ts";
import type { Plan, ServicePlan } from "../../../src/plan/types.ts";
import { anyText } from "../../support/arbitraries.ts";

const recreated = (service: string, message: string): ServicePlan => ({
  service,
  action: "recreated",
  reasons: [{ part: "state", message }],
  downtime: true,
});

const stays = (service: string): ServicePlan => ({
  service,
  action: "stays",
  reasons: [],
  downtime: false,
});

const plan = (fields: Partial<Plan>): Plan => ({
  project: "lago-test",
  changes: true,
  services: [],
  downtime: [],
  risks: [],
  projectDrift: [],
  ...fields,
});

/** The cells of a row as GitHub reads it: a bar behind a backslash ends none. */
function cells(row: string): string[] {
  return row
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)(?:\\\\)*\|/)
    .map((cell) => cell.trim());
}

it("is a comment on a pull request", () => {
  const text = planMarkdown(
    plan({
      services: [recreated("api", "it was"), stays("db"), stays("redis")],
      downtime: ["api"],
      risks: [
        { name: "a:db", subject: "db", message: "volume lago_data is gone", accepted: false },
        { name: "b:db", subject: "db", message: "volume b is gone", accepted: true },
      ],
    }),
  );
  expect(text.split("\n")).toEqual([
    "### Project lago-test changes: 1 recreated, 2 stays.",
    "",
    '> **Data at stake:** volume lago\\_data is gone. To accept: allowDataRisk "a:db"',
    '> Data at stake, accepted by allowDataRisk "b:db": volume b is gone.',
    "",
    "| service | action | why |",
    "| --- | --- | --- |",
    "| `api` | recreated | it was |",
    "",
    "Stays as it is: `db`, `redis`",
    "",
    "Down for a moment, in this order: `api`",
  ]);
});

it("has no table where nothing changes", () => {
  const text = planMarkdown(plan({ changes: false, services: [stays("db")] }));
  expect(text).toBe("### Project lago-test is as declared: 1 stays.\n\nStays as it is: `db`");
});

describe("what somebody wrote stays text, and in its cell:", () => {
  const rowOf = (service: string, message: string) => {
    const lines = planMarkdown(plan({ services: [recreated(service, message)] })).split("\n");
    // The heading, an empty line, and the table's two first lines.
    expect(lines).toHaveLength(5);
    return lines[4] ?? "";
  };

  it.each([
    ["a | b", "a \\| b"],
    ["`code`", "\\`code\\`"],
    ["<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"],
    ["one\ntwo\r\nthree\u2028four", "one two three four"],
    ["**bold** _it_ ~~no~~", "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~"],
    ["[link](https://example.com) ![x](y)", "\\[link\\](https://example.com) !\\[x\\](y)"],
    ["&lt;b&gt; #1 @all", "\\&lt;b\\&gt; \\#1 \\@all"],
    ["back\\slash \\| bar", "back\\\\slash \\\\\\| bar"],
  ])("%j", (message, shown) => {
    const row = rowOf("api", message);
    expect(row).toBe(`| \`api\` | recreated | ${shown} |`);
    expect(cells(row)).toHaveLength(3);
  });

  it("the name of a service that nobody declared", () => {
    expect(rowOf("a`|\nb", "x")).toBe("| `a???b` | recreated | x |");
  });

  it("anything at all", () => {
    fc.assert(
      fc.property(anyText(), anyText({ minLength: 1 }), (service, message) => {
        const row = rowOf(service, message);
        const [name, action, why = "", ...more] = cells(row);
        expect(name).toMatch(/^`[^`|]+`$/);
        expect(action).toBe("recreated");
        expect(why.replace(/\\./gu, "")).not.toMatch(/[<>`|*_[\]]/);
        expect(more).toEqual([]);
      }),
    );
  });
});
