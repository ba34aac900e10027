/** Commands that do not end well: they fail, are late, are canceled, or lose their CLI. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FAILED_CHANGES } from "./cases/failed-changes.ts";
import { FAILED_CREATIONS } from "./cases/failed-creations.ts";
import { changedCommands, firstCommands } from "./cases/failure-case.ts";
import { installHomes, requireOfficial } from "./homes.ts";
import { interrupt, isAlive } from "./interrupted.ts";
import { documentedDifferences } from "./known-differences.ts";
import { commandWorkspace, type PhaseResult, type ProgramCommand, runPhase } from "./life.ts";
import { storedCommands } from "./state.ts";

const FAILURES = [...FAILED_CREATIONS, ...FAILED_CHANGES];

const homes = await installHomes();
afterAll(() => homes.remove());

describe("command:local:Command when things go wrong", () => {
  requireOfficial(homes);

  describe.each(["official", "offline"] as const)("%s provider", (half) => {
    describe.skipIf(half === "official" && homes.missing !== undefined)("", () => {
      let phases: (PhaseResult & { stored: Record<string, unknown> })[];
      beforeAll(async () => {
        phases = await fail(homes[half]);
      });

      it("ends every phase with exit code 1", () => {
        expect(phases.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
      });

      it.each(FAILURES)("$name: $rule", ({ name, creation, change, deletion, stored }) => {
        expect(phases.map(({ commands }) => commands[name])).toEqual([creation, change, deletion]);
        expect(phases.map((phase) => phase.stored[name] ?? null)).toEqual(stored);
      });

      it("kills the running command on Ctrl-C, and starts no other", async () => {
        const { commands, commandPid, stored, pending } = await interrupt(homes[half], "cancel");
        expect(commands).toEqual({
          endless: {
            ops: ["create"],
            shown: ["started"],
            error: expect.stringMatching(/^signal: killed: running ".*exec sleep 60":\nstarted$/),
          },
        });
        expect(isAlive(commandPid)).toBe(false);
        expect({ stored, pending }).toEqual({ stored: [], pending: 0 });
      });

      it("kills the running command when the CLI is killed", async () => {
        const left = await interrupt(homes[half], "kill");
        try {
          await vi.waitFor(() => expect(isAlive(left.commandPid)).toBe(false), WAIT);
          expect({ stored: left.stored, pending: left.pending }).toEqual({
            stored: [],
            pending: 1,
          });
          if (half === "offline") {
            await vi.waitFor(() => expect(isAlive(left.providerPid)).toBe(false), WAIT);
          } else {
            expect(isAlive(left.providerPid), "D6 is no difference any more").toBe(true);
          }
        } finally {
          for (const pid of left.startedPids.filter(isAlive)) {
            process.kill(pid, "SIGKILL");
          }
        }
      });
    });
  });

  it("documents each difference", async () => {
    expect(await documentedDifferences("ends")).toEqual(["D6"]);
  });
});

const WAIT = { timeout: 10_000, interval: 50 };

/** Creates, changes and deletes commands that fail, each as far as it goes. */
async function fail(pulumiHome: string) {
  const workspace = await commandWorkspace(pulumiHome);
  const go = async (name: string, command: string, commands?: ProgramCommand[]) => {
    const args = [command, "--yes", "--skip-preview", "--continue-on-error"];
    const result = await runPhase(workspace, { name, args, ...(commands && { commands }) });
    const inState = Object.entries(storedCommands(await workspace.exportStack()));
    const stored = inState.map(([key, { outputs }]) => [key, (outputs as Outputs).stdout]);
    return { ...result, stored: Object.fromEntries(stored) };
  };
  try {
    return [
      await go("creation", "up", firstCommands(FAILURES)),
      await go("change", "up", changedCommands(FAILURES)),
      await go("deletion", "destroy"),
    ];
  } finally {
    await workspace.dispose();
  }
}

interface Outputs {
  readonly stdout?: string;
}
