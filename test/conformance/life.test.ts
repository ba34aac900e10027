/** The same commands through their whole life, with the official provider and with the offline one. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectations, type LifeCase } from "./cases/life-case.ts";
import { ORDER } from "./cases/order.ts";
import { STREAMS } from "./cases/streams.ts";
import { VALUES } from "./cases/values.ts";
import type { HalfName } from "./halves.ts";
import { installHomes, requireOfficial } from "./homes.ts";
import { commandWorkspace, type PhaseResult, type ProgramCommand, runPhase } from "./life.ts";
import { table } from "./report.ts";
import { type StoredCommand, storedCommands } from "./state.ts";

const CASES = [...ORDER, ...STREAMS, ...VALUES];

/** What one provider did in all phases. */
interface Life {
  readonly phases: Record<string, PhaseResult>;
  readonly stored: Record<string, StoredCommand>;
}

const homes = await installHomes();
const lives: Partial<Record<HalfName, Life>> = {};
afterAll(() => homes.remove());

describe("command:local:Command through its life", () => {
  requireOfficial(homes);

  describe.each(["official", "offline"] as const)("%s provider", (half) => {
    describe.skipIf(half === "official" && homes.missing !== undefined)("", () => {
      let life: Life;
      beforeAll(async () => {
        life = await live(homes[half]);
        lives[half] = life;
      });

      it("ends every phase with exit code 0", () => {
        const codes = Object.entries(life.phases).map(([phase, { exitCode }]) => [phase, exitCode]);
        expect(Object.fromEntries(codes)).toEqual(
          Object.fromEntries(codes.map(([phase]) => [phase, 0])),
        );
      });

      it.each(CASES)("$name: $rule", (test) => {
        for (const [phase, expected] of Object.entries(expectations(test))) {
          expect(life.phases[phase]?.commands[test.name], phase).toEqual(expected);
        }
      });

      it.each(CASES.filter(({ next }) => next !== "gone"))("stores $name", (test) => {
        const isUnchanged = test.changed.by === "none";
        const inputs = storedInputs((isUnchanged ? first(test) : second(test)).args);
        const { stdout = "", stderr = "" } = isUnchanged ? test.created : test.changed;
        const outputs = { ...inputs, stdout, stderr };
        expect(life.stored[test.name]).toEqual({ id: `${test.name}<hex>`, inputs, outputs });
      });
    });
  });

  it.skipIf(homes.missing !== undefined)("is the same with both providers", () => {
    const [official, offline] = [comparable(lives.official), comparable(lives.offline)];
    console.log(table("life of a command", official, offline, 4));
    expect(offline).toEqual(official);
  });
});

async function live(pulumiHome: string): Promise<Life> {
  const workspace = await commandWorkspace(pulumiHome);
  const phases: Life["phases"] = {};
  const go = async (name: string, args: string[], commands?: ProgramCommand[]) => {
    phases[name] = await runPhase(workspace, { name, args, ...(commands && { commands }) });
  };
  const up = ["up", "--yes", "--skip-preview"];
  try {
    await go("preview of creation", ["preview"], CASES.map(first));
    await go("creation", up);
    const changed = CASES.filter(({ next }) => next !== "gone").map(second);
    await go("preview of change", ["preview"], changed);
    await go("change", up);
    await go("preview without change", ["preview", "--expect-no-changes"]);
    await go("refresh", ["refresh", "--yes", "--skip-preview"]);
    const stored = storedCommands(await workspace.exportStack());
    await go("deletion", ["destroy", "--yes", "--skip-preview"]);
    return { phases, stored };
  } finally {
    await workspace.dispose();
  }
}

function first({ name, args, options = {} }: LifeCase): ProgramCommand {
  return { name, args, options };
}

function second({ name, args, options = {}, next = {} }: LifeCase): ProgramCommand {
  return { name, args: { ...args, ...(next === "gone" ? {} : next) }, options };
}

/** A program's arguments as the state holds them. */
function storedInputs(args: unknown): Record<string, unknown> {
  const text = JSON.stringify(args, (_, value) => {
    if (value?.$secret !== undefined) {
      return "<secret>";
    }
    return value?.$stdout === "source" ? "2" : value;
  });
  return JSON.parse(text);
}

/** A life without what is never twice the same: durations, folders, order of lines. */
function comparable(life: Life | undefined): unknown {
  const phases = Object.entries(life?.phases ?? {}).map(([name, { exitCode, commands }]) => [
    name,
    { exitCode, commands },
  ]);
  return { ...Object.fromEntries(phases), stored: life?.stored };
}
