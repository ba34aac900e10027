/** Data that an update would lose sight of, as a preview sees it. */
import { describe, expect, it } from "vitest";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { SMALL } from "../support/sample.ts";
import { DOWN, PROVIDER, reasonsIn, SPEC } from "./sample-project.ts";

const services = JSON.parse((SMALL.config as { stdout: string }).stdout).services;

/** A database whose volume is said to be this, on an engine that has one of the key `pg`. */
function renamedTo(source: string): Script {
  const db = { ...services.db, volumes: [{ type: "volume", source, target: "/data" }] };
  const volumes = { pg: { name: "lago-test_pg" }, pgdata: { name: "lago-test_pgdata" } };
  return {
    ...SMALL,
    config: { stdout: JSON.stringify({ services: { ...services, db }, volumes }) },
    "volume ls": { stdout: "lago-test_pg\tlago-test\tpg\n" },
    "volume inspect": { stdout: JSON.stringify([{ Name: "lago-test_pg", Driver: "local" }]) },
  };
}

async function reasonsFor(spec: DeploymentSpec, script: Script): Promise<string[]> {
  useFakeDocker(script);
  const olds = {} as ProjectInputs & typeof PROVIDER;
  const { failures } = await projectProvider.check(olds, { ...PROVIDER, spec });
  return reasonsIn(failures);
}

describe("a preview of a volume that would fall out of use", () => {
  it("refuses it, unless it is named", async () => {
    expect(await reasonsFor(SPEC, renamedTo("pg"))).toEqual([]);
    expect(await reasonsFor(SPEC, renamedTo("pgdata"))).toEqual([
      expect.stringMatching(/^VolumeChanged: volumes\.pg: the volume lago-test_pg may hold data/),
    ]);
    const allowed = { ...SPEC, allowVolumeChange: ["pg"] };
    expect(await reasonsFor(allowed, renamedTo("pgdata"))).toEqual([]);
  });

  it("says nothing where a variable decides whose value it does not know", async () => {
    const script = renamedTo("${VOLUME:-pgdata}");
    expect(await reasonsFor(SPEC, script)).toHaveLength(1);
    const given = { ...SPEC, variables: ["SECRET_KEY_BASE", "VOLUME"] };
    expect(await reasonsFor(given, script)).toEqual([]);
  });

  it("leaves it to the real run while the engine cannot be asked", async () => {
    expect(await reasonsFor(SPEC, { ...renamedTo("pgdata"), "volume ls": DOWN })).toEqual([]);
  });

  it("tells of a taken name in the same go", async () => {
    const foreign = { ID: "id", Names: "lago-test-db-1", Labels: "", Ports: "" };
    const both = { ...renamedTo("pgdata"), "container ls": { stdout: JSON.stringify(foreign) } };
    const kinds = (await reasonsFor(SPEC, both)).map((reason) => reason.split(":")[0]);
    expect(kinds).toEqual(["PortTaken", "VolumeChanged"]);
  });
});
