/** Options of Pulumi that npm would keep for itself, against those that the pinned CLI has. */
import { expect, it } from "vitest";
import { z } from "zod";
import { OPTIONS } from "../../setup/bootstrap/npm-options.mjs";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { findPulumi } from "../../testing/pulumi.ts";

/** Commands that work on a stack, its config and its state, or choose where states are. */
const COMMANDS = ["up", "preview", "destroy", "refresh", "cancel", "config", "stack", "state"];
const OTHERS = ["import", "login", "logout", "whoami"];

/** Names that npm has a meaning of its own for, which the list leaves out. */
const NPM_OWN = ["all", "color", "force", "message", "name", "shell", "tag", "version", "yes"];

interface Specified {
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
  readonly commands?: Readonly<Record<string, Specified>> | undefined;
}

const Specified: z.ZodType<Specified> = z.object({
  flags: z.record(z.string(), z.unknown()).optional(),
  get commands() {
    return z.record(z.string(), Specified).optional();
  },
});

function flagsOf({ flags = {}, commands = {} }: Specified): string[] {
  return [...Object.keys(flags), ...Object.values(commands).flatMap(flagsOf)];
}

it("are all known to the scripts", async () => {
  const env = { ...inheritedEnvironment(), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const printed = await run(findPulumi(), ["generate-cli-spec"], { env, timeoutMs: 60_000 });
  const spec = Specified.parse(JSON.parse(printed.stdout));
  const commands = [...COMMANDS, ...OTHERS].map((name) => spec.commands?.[name] ?? {});
  const names = new Set([...Object.keys(spec.flags ?? {}), ...commands.flatMap(flagsOf)]);
  expect([...names].filter((name) => !NPM_OWN.includes(name)).sort()).toEqual(OPTIONS.pulumi);
});
