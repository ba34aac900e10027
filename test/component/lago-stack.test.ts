import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { reveal } from "../support/pulumi-mocks.ts";
import { build, buildPreview, SERVICES } from "./stack.ts";

describe("the resources", () => {
  it("are these below the component, each after the one it needs", async () => {
    const { resources } = await build();
    const found = resources.map(({ type, name, parent, dependencies }) => ({
      type,
      name,
      parent,
      after: [...dependencies].sort(),
    }));
    // The services are registered at the same time.
    const isService = ({ type }: { type: string }) => type.endsWith(":Service");
    expect(found.filter(isService).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      SERVICES.map((service) => ({
        type: "pulumi-nodejs:dynamic/lago:Service",
        name: `lago-${service}`,
        parent: "lago",
        after: expect.arrayContaining(["lago-project"]),
      })),
    );
    expect(found.filter((one) => !isService(one))).toEqual([
      {
        type: "z-billing-lago:index:LagoStack",
        name: "lago",
        parent: expect.anything(),
        after: [],
      },
      { type: "pulumi-nodejs:dynamic/lago:Keys", name: "lago-keys", parent: "lago", after: [] },
      {
        type: "pulumi-nodejs:dynamic/lago:Project",
        name: "lago-project",
        parent: "lago",
        after: ["lago-keys"],
      },
      {
        type: "command:local:Command",
        name: "lago-anchor",
        parent: "lago",
        after: ["lago-project"],
      },
      {
        type: "command:local:Command",
        name: "lago-deployment",
        parent: "lago",
        after: expect.arrayContaining(["lago-anchor", ...SERVICES.map((one) => `lago-${one}`)]),
      },
      {
        type: "pulumi-nodejs:dynamic/lago:Status",
        name: "lago-status",
        parent: "lago",
        after: expect.arrayContaining(["lago-deployment"]),
      },
    ]);
  });

  it("are the same in a preview", async () => {
    const { resources } = await build();
    const { resources: previewed } = await buildPreview();
    const named = (all: typeof resources) => all.map(({ type, name }) => `${name} ${type}`).sort();
    expect(named(previewed)).toEqual(named(resources));
  });
});

describe("the commands", () => {
  const TEXTS = ["create", "update", "delete"] as const;

  it("have constant texts, with no value and no path of a checkout in them", async () => {
    const texts = async (args: LagoStackArgs) => {
      const { byName } = await build(args);
      return ["lago-anchor", "lago-deployment"].map((name) =>
        TEXTS.map((text) => byName(name).inputs[text]),
      );
    };
    const plain = await texts({});
    const other = await texts({
      projectName: "other",
      lagoPath: "/srv/other",
      environment: { POSTGRES_PASSWORD: "hunter2-hunter2" },
      ports: { api: 4000 },
      removeVolumesOnDestroy: "other",
    });
    expect(other).toEqual(plain);
    for (const text of plain.flat().filter((one) => one !== undefined)) {
      expect(text).toMatch(/^exec node /);
      expect(text).not.toMatch(/file:|\/(?!cli"|providers")|\\/);
    }
  });

  it("start on create and update, end on delete; the anchor only ends", async () => {
    const { byName } = await build();
    const [anchor, deployment] = ["lago-anchor", "lago-deployment"].map((name) =>
      TEXTS.map((text) =>
        String(byName(name).inputs[text] ?? "").replace(/^exec node .*' -- /, ""),
      ),
    );
    expect(anchor).toEqual(["", "", "down --json"]);
    expect(deployment).toEqual(["up --json", "up --json", "down --json"]);
  });

  it.each(["lago-anchor", "lago-deployment"])(
    "of %s never replace and feed nothing back",
    async (name) => {
      const { byName } = await build();
      const { inputs, additionalSecretOutputs } = byName(name);
      expect(inputs).not.toHaveProperty("triggers");
      expect(inputs.addPreviousOutputInEnv).toBe(false);
      expect(inputs.logging).toBe("stderr");
      expect(additionalSecretOutputs).toEqual(["stdout", "stderr"]);
    },
  );

  it("of the anchor need no folder, no file and no setting of Lago to end the deployment", async () => {
    const { byName } = await build({
      projectName: "p",
      lagoPath: "/srv/lago",
      lockTimeoutSeconds: 5,
      removeVolumesOnDestroy: "p",
    });
    const environment = byName("lago-anchor").inputs.environment as Record<string, string>;
    expect(Object.keys(environment)).toEqual(["Z_BILLING_LAGO_SPEC"]);
    expect(JSON.parse(environment.Z_BILLING_LAGO_SPEC ?? "")).toEqual({
      projectName: "p",
      lockTimeoutSeconds: 5,
      removeVolumesOnDestroy: "p",
    });
  });
});

describe("protection", () => {
  const LASTING = ["lago-keys", "lago-project", "lago-anchor", "lago-deployment", "lago-status"];
  const protectedOnes = async (args: LagoStackArgs) => {
    const { resources } = await build(args);
    expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(LASTING));
    expect(resources.length).toBeGreaterThan(LASTING.length + 1);
    return resources.filter(({ protect }) => protect).map(({ name }) => name);
  };

  it("is off unless it is asked for", async () => {
    expect(await protectedOnes({})).toEqual([]);
    expect(await protectedOnes({ protect: false })).toEqual([]);
  });

  it("covers what lasts, and neither the services nor what they could take it over from", async () => {
    expect((await protectedOnes({ protect: true })).sort()).toEqual([...LASTING].sort());
  });
});

describe("the status", () => {
  it("is read anew with each change of the deployment, at the length asked for", async () => {
    const { byName } = await build({ logTail: 5 });
    const { projectName, logTail, revision } = reveal<Record<string, unknown>>(
      byName("lago-status").inputs,
    );
    expect({ projectName, logTail }).toEqual({ projectName: "lago-dev", logTail: 5 });
    expect(Object.keys(revision as object).sort()).toEqual([
      "Z_BILLING_LAGO_DIGEST",
      "Z_BILLING_LAGO_GENERATION",
      "Z_BILLING_LAGO_SPEC",
    ]);
    const { byName: plain } = await build();
    expect(plain("lago-status").inputs.logTail).toBe(20);
  });
});
