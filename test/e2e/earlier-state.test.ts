/**
 * A stack outlives the code that deployed it: the state of an earlier release is taken over with all
 * of its resources, its keys and its port.
 *
 * The state was exported from a stack that commit 8446849 had deployed with the config below and the
 * compose file beside the state. Pulumi's stack traces are taken out, since they name files of a
 * machine. The secrets are keys that were generated for this recording, encrypted with the passphrase
 * of all test stacks.
 */
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_NAMES, type KeyValues, LAGO_KEYS, variableOfKey } from "../../src/lago/lago-keys.ts";
import { containersOf, environmentOf } from "../../testing/docker.ts";
import type { ExportedResource, ExportedStack } from "../../testing/pulumi.ts";
import { SMALL_RUNS } from "../../testing/small-program.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";
import { standingOf } from "../../testing/standing.ts";
import { fixture, fixturePath } from "../support/fixtures.ts";

const CONFIG = {
  ports: { api: "auto" },
  logTail: 1,
  memoryLimits: { api: "256m" },
  restartToken: "first",
};
const MAIL_PASSWORD = "zbl-test-mail-password";

/** Resources whose inputs are the same on every machine, with every release of compose. */
const CONSTANT = ["lago", "lago-keys", "lago-project", "lago-anchor"];
/** Resources of the services, which a refresh takes out of the state while there is no container. */
const SERVICES = ["lago-api", "lago-db", "lago-migrate", "lago-redis"];

interface Resource extends ExportedResource {
  /** Time of the creation, which an update in place keeps. */
  readonly created?: string;
}

/** A step of `pulumi preview --json`. */
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: Resource;
  readonly newState?: Resource;
}

let lago: TestStack;
let recorded: readonly Resource[];
let recordedKeys: KeyValues;

beforeAll(async () => {
  lago = await createTestStack(CONFIG, { small: true });
  await lago.set("environment.LAGO_SMTP_PASSWORD", MAIL_PASSWORD, { secret: true });
  await copyFile(
    fixturePath("pulumi", "docker-compose.yml"),
    join(lago.checkout, "lago", "docker-compose.yml"),
  );
  const file = join(lago.workspace.folder, "state.json");
  await writeFile(file, recordedState(lago));
  must(await lago.pulumi(["stack", "import", "--file", file]));
  recorded = await resources();
  recordedKeys = await keys();
});

afterAll(async () => {
  await lago?.dispose();
});

/** The recorded state, with a name and a port of this run. */
function recordedState({ project, apiPort }: TestStack): string {
  const text = fixture("pulumi", "state.json");
  const { deployment } = JSON.parse(text) as ExportedStack;
  const component = deployment.resources?.find((resource) => nameOf(resource) === "lago");
  const was = component?.outputs as { projectName: string; ports: { api: number } };
  return text
    .replaceAll(was.projectName, project)
    .replaceAll(new RegExp(`\\b${was.ports.api}\\b`, "g"), String(apiPort));
}

/** All resources of the stack but Pulumi's own providers. */
async function resources(): Promise<readonly Resource[]> {
  const { deployment } = await lago.workspace.exportStack();
  const all: readonly Resource[] = deployment.resources ?? [];
  return all.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

async function keys(): Promise<KeyValues> {
  const shown = await lago.pulumi(["stack", "output", "keys", "--json", "--show-secrets"]);
  return JSON.parse(must(shown).stdout) as KeyValues;
}

/** Previews an update, and returns the last step of each resource: after that of a refresh. */
async function previewSteps(...args: string[]): Promise<readonly Step[]> {
  const preview = must(await lago.pulumi(["preview", "--json", "--show-sames", ...args]));
  const { steps } = JSON.parse(preview.stdout) as { steps: readonly Step[] };
  return [...new Map(steps.map((step) => [step.urn, step])).values()];
}

const nameOf = ({ urn }: { readonly urn: string }) => urn.split("::").at(-1) ?? "";
const urnsOf = (all: readonly { readonly urn: string }[]) => all.map(({ urn }) => urn).sort();

/** The names of the resources by the operation on them, the unchanged stack itself left out. */
function operations(steps: readonly Step[]): Record<string, string[]> {
  const own = steps.filter(({ urn }) => !urn.includes("::pulumi:pulumi:Stack::"));
  const groups = Object.groupBy(own, ({ op }) => op);
  return Object.fromEntries(
    Object.entries(groups).map(([op, all = []]) => [op, all.map(nameOf).sort()]),
  );
}

describe("the state of an earlier release", () => {
  it("has the resources, types and inputs of today, so that a preview replaces nothing", async () => {
    const steps = await previewSteps("--refresh=false");

    expect(urnsOf(steps)).toEqual(urnsOf(recorded));
    // The settings of the containers differ by the port, and by the release of compose.
    const { same = [], update = [], ...others } = operations(steps);
    expect(others).toEqual({});
    expect(same).toEqual(expect.arrayContaining(CONSTANT));
    expect(update.length).toBeGreaterThan(0);
    for (const step of steps) {
      const names = Object.keys(step.newState?.inputs ?? {});
      const earlier = Object.keys(step.oldState?.inputs ?? {});
      expect(names, nameOf(step)).toEqual(expect.arrayContaining(earlier));
    }
  });

  it("is refreshed by today's providers, which miss the containers and nothing else", async () => {
    const steps = await previewSteps();

    expect(urnsOf(steps)).toEqual(urnsOf(recorded));
    const { same = [], update: _, create, ...others } = operations(steps);
    expect(others).toEqual({});
    expect(same).toEqual(expect.arrayContaining(CONSTANT));
    // A migration that has run and whose container is gone has not drifted.
    expect(create).toEqual(SERVICES.filter((name) => name !== "lago-migrate"));
  });

  it("is taken over: what it describes runs with its keys and at its port", async () => {
    await lago.mustUp();

    const created = (all: readonly Resource[]) =>
      all
        .filter((one) => !SERVICES.includes(nameOf(one)))
        .map(({ urn, id, created }) => [urn, id, created]);
    const now = await resources();
    expect(urnsOf(now)).toEqual(urnsOf(recorded));
    expect(created(now)).toEqual(created(recorded));

    expect(Object.keys(recordedKeys).sort()).toEqual([...KEY_NAMES].sort());
    expect(await keys()).toEqual(recordedKeys);
    const api = await environmentOf(lago.project, "api");
    const inside = { ...(await environmentOf(lago.project, "db")), ...api };
    for (const key of LAGO_KEYS) {
      expect(inside[variableOfKey(key)], key.name).toBe(recordedKeys[key.name]);
    }
    expect(inside.LAGO_SMTP_PASSWORD).toBe(MAIL_PASSWORD);

    expect(standingOf(await containersOf(lago.project))).toEqual(SMALL_RUNS);
    const health = await fetch(`http://127.0.0.1:${lago.apiPort}/health`);
    expect(health.status).toBe(200);
    must(await lago.preview("--expect-no-changes"));
  });
});
