/** The same requests of the provider protocol to the official provider and to the offline one. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HalfName, pluginProgram } from "./halves.ts";
import { installHomes, requireOfficial } from "./homes.ts";
import { documentedDifferences } from "./known-differences.ts";
import { table } from "./report.ts";
import type { WireCase } from "./wire/case.ts";
import { CHECKS } from "./wire/check-cases.ts";
import { type Outcome, type Plugin, startPlugin } from "./wire/client.ts";
import { DIFFS } from "./wire/diff-cases.ts";
import { ENDS } from "./wire/end-cases.ts";
import { PREVIEWS } from "./wire/preview-cases.ts";
import { RUNS } from "./wire/run-cases.ts";
import { COMMAND_SCHEMA, commandSchema } from "./wire/schema.ts";

const GROUPS = { check: CHECKS, diff: DIFFS, preview: PREVIEWS, run: RUNS, end: ENDS };
const CASES = Object.values(GROUPS).flat();

const homes = await installHomes();
const folder = await mkdtemp(join(tmpdir(), "zbl-test-wire-"));
const outcomes: Partial<Record<HalfName, Record<string, Outcome>>> = {};
afterAll(async () => {
  await homes.remove();
  await rm(folder, { recursive: true });
});

describe("the provider protocol", () => {
  requireOfficial(homes);

  describe.each(["official", "offline"] as const)("%s provider", (half) => {
    describe.skipIf(half === "official" && homes.missing !== undefined)("", () => {
      const seen: Record<string, Outcome> = {};
      let plugin: Plugin;
      // A plugin that hangs takes a while to end; the next case need not wait for it.
      const ending: Promise<void>[] = [];
      const start = () => startPlugin(pluginProgram(homes[half]), {}, folder);
      beforeAll(async () => {
        plugin = await start();
        outcomes[half] = seen;
      });
      afterAll(() => Promise.all([...ending, plugin.stop()]));

      describe.each(Object.entries(GROUPS))("%s", (_, cases) => {
        it.each(cases)("$rule", async (test) => {
          const outcome = await plugin.ask(test.request);
          seen[test.rule] = outcome;
          if ("none" in outcome) {
            ending.push(plugin.stop());
            plugin = await start();
          }
          expect(outcome).toEqual(expected(test, half));
        });
      });

      it("describes command:local:Command", async () => {
        expect(commandSchema(await plugin.schema())).toEqual(COMMAND_SCHEMA);
      });
    });
  });

  it.skipIf(homes.missing !== undefined)("differs only where it is documented to", () => {
    console.log(table("requests of the protocol", outcomes.official, outcomes.offline));
    const different = CASES.filter(
      ({ rule }) => !isDeepStrictEqual(outcomes.official?.[rule], outcomes.offline?.[rule]),
    );
    expect(different.map(({ rule, differs }) => [rule, differs?.as])).toEqual(
      CASES.filter(({ differs }) => differs !== undefined).map(({ rule, differs }) => [
        rule,
        differs?.as,
      ]),
    );
  });

  it("documents each difference", async () => {
    const numbers = new Set(CASES.flatMap(({ differs }) => differs?.as ?? []));
    expect(await documentedDifferences("wire")).toEqual([...numbers].sort());
  });
});

function expected(test: WireCase, half: HalfName): Outcome {
  return half === "official" ? (test.differs?.official ?? test.outcome) : test.outcome;
}
