/** A stack that changes from one provider to the other, as on a machine that gets the official one. */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PulumiWorkspace } from "../../testing/pulumi.ts";
import { installHomes, requireOfficial } from "./homes.ts";
import { documentedDifferences } from "./known-differences.ts";
import { commandWorkspace, runPhase } from "./life.ts";

const homes = await installHomes();
const home = await mkdtemp(join(tmpdir(), "zbl-test-exchange-"));
afterAll(async () => {
  await homes.remove();
  await rm(home, { recursive: true });
});

/** The input of the provider's own resource that only the official plugin writes. */
const FRAMEWORK = "__pulumi-go-provider-version";

const PAIRS = [
  ["official", "offline"],
  ["offline", "official"],
] as const;

describe("changing from one provider to the other", () => {
  requireOfficial(homes);

  it.skipIf(homes.missing !== undefined).each(PAIRS)("%s to %s", async (first, second) => {
    await use(first);
    const workspace = await commandWorkspace(home);
    try {
      const go = async (...args: string[]) => {
        const { exitCode, commands } = await runPhase(workspace, { name: "", args });
        return { exitCode, ...commands.kept };
      };
      const up = ["up", "--yes", "--skip-preview"];
      const { exitCode } = await runPhase(workspace, { name: "", args: up, commands: [kept("1")] });
      expect(exitCode).toBe(0);
      expect(FRAMEWORK in (await providerInputs(workspace))).toBe(first === "official");

      await use(second);
      const same = { exitCode: 0, ops: ["same"], stdout: "made 1", stderr: "" };
      expect(await go("preview", "--expect-no-changes")).toEqual(same);
      expect(await go(...up)).toEqual(same);
      expect(await go("refresh", "--yes", "--skip-preview")).toEqual({ ...same, ops: ["refresh"] });

      const changed = await runPhase(workspace, { name: "", args: up, commands: [kept("2")] });
      expect(changed.commands.kept).toMatchObject({ ops: ["update"], stdout: "made 2 after 1" });
      expect(await go("destroy", "--yes", "--skip-preview")).toEqual({
        exitCode: 0,
        ops: ["delete"],
        ran: ["delete 2"],
      });
    } finally {
      await workspace.dispose();
    }
  });

  it("is listed by the CLI as plugin command 1.2.1", async () => {
    await use("offline");
    const workspace = await commandWorkspace(home);
    try {
      const { stdout } = await workspace.pulumi(["plugin", "ls", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject([
        { name: "command", kind: "resource", version: "1.2.1" },
      ]);
    } finally {
      await workspace.dispose();
    }
  });

  it("documents each difference", async () => {
    expect(await documentedDifferences("exchange")).toEqual(["D8"]);
  });
});

/** Makes one of the providers the only one in the home. */
async function use(half: "official" | "offline"): Promise<void> {
  await rm(join(home, "plugins"), { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await cp(join(homes[half], "plugins"), join(home, "plugins"), { recursive: true });
}

function kept(version: string) {
  return {
    name: "kept",
    args: {
      create: 'echo "made $V"',
      update: 'echo "made $V after ${PULUMI_COMMAND_STDOUT#made }"',
      delete: "echo delete $V >> ran/kept",
      environment: { V: version },
      triggers: ["always"],
    },
  };
}

async function providerInputs(workspace: PulumiWorkspace): Promise<object> {
  const { deployment } = await workspace.exportStack();
  const provider = deployment.resources?.find(({ type }) => type === "pulumi:providers:command");
  return provider?.inputs ?? {};
}
