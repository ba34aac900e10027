/** The same requests of the provider protocol to the official provider and to the offline one. */
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { type HalfName, pluginProgram } from "./halves.ts";
import { installHomes, requireOfficial } from "./homes.ts";
import { documentedDifferences } from "./known-differences.ts";
import { table } from "./report.ts";
import { create, failed, type WireCase } from "./wire/case.ts";
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

      it("gives a command the provider's environment, and nothing else but D9", async () => {
        const print = "process.stdout.write(JSON.stringify(process.env))";
        const inputs = { create: print, interpreter: ["node", "-e"], environment: { A: "1" } };
        const outcome = await plugin.ask(create({ ...inputs, logging: "none" }));
        const { stdout } = (outcome as { answer: { state: { stdout: string } } }).answer.state;
        const expected = { ...inheritedEnvironment(), A: "1" };
        expect(JSON.parse(stdout)).toEqual(
          half === "official" ? expected : { ...expected, PWD: await realpath(folder) },
        );
      });

      it("describes command:local:Command", async () => {
        expect(commandSchema(await plugin.schema())).toEqual(COMMAND_SCHEMA);
      });

      it("runs nothing any more once it is canceled", async () => {
        expect(await plugin.ask({ method: "cancel" })).toEqual({ answer: {} });
        expect(await plugin.ask(create({ create: "touch ran" }))).toEqual(
          failed('context canceled: running "touch ran":\n', "CANCELLED"),
        );
      });

      it("ran nothing in previews", async () => {
        expect(await readdir(folder)).toEqual([]);
      });
    });
  });

  it.skipIf(homes.missing !== undefined)("differs only where it is documented to", () => {
    const [official, offline] = [numbered(outcomes.official), numbered(outcomes.offline)];
    console.log(table("requests of the protocol", official, offline, 1));
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
    const ofCases = CASES.flatMap(({ differs }) => differs?.as ?? []);
    const numbers = new Set([...ofCases, "D9"]);
    expect(await documentedDifferences("wire")).toEqual([...numbers].sort());
  });
});

/** Outcomes by the number of the difference and the rule. */
function numbered(byRule: Record<string, Outcome> = {}): Record<string, Outcome | undefined> {
  return Object.fromEntries(
    CASES.map(({ rule, differs }) => [`${differs?.as ?? "--"} ${rule}`, byRule[rule]]),
  );
}

function expected(test: WireCase, half: HalfName): Outcome {
  return half === "official" ? (test.differs?.official ?? test.outcome) : test.outcome;
}
