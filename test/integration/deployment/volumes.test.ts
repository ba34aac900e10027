/** Data that a start would lose sight of: refused before anything is touched. */
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { deploy } from "../../../src/deployment/deploy.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { volumeOutlook } from "../../../src/deployment/volumes.ts";
import { takeSnapshot } from "../../../src/observe/snapshot.ts";
import { listedLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SMALL } from "../../support/sample.ts";

/** The small deployment, its database with a volume of this key and definition. */
function withVolume(key: string, definition: object = {}): Script {
  const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout);
  const volumes = [{ type: "volume", source: key, target: "/data" }];
  const declared = { [key]: { name: `lago-test_${key}`, ...definition } };
  const files = { services: { ...services, db: { ...services.db, volumes } }, volumes: declared };
  return { ...SMALL, config: { stdout: JSON.stringify(files) } };
}

/** An engine with volumes of these keys, by project. */
function engineWith(keys: Readonly<Record<string, readonly string[]>>): Script {
  const all = Object.entries(keys).flatMap(([project, own]) =>
    own.map((key) => ({ project, key })),
  );
  const lines = all.map(({ project, key }) => `${project}_${key}\t${project}\t${key}\n`);
  const inspected = all.map(({ project, key }) => ({ Name: `${project}_${key}`, Driver: "local" }));
  return {
    "volume ls": { stdout: lines.join("") },
    "volume inspect": { stdout: JSON.stringify(inspected) },
  };
}

/** The database's container, which has the volume of this key. */
const containerWith = (key: string): Script => ({
  "container ls": { stdout: listedLine({ service: "db", project: "lago-test" }) },
  "container inspect": {
    stdout: JSON.stringify({
      labels: { "com.docker.compose.service": "db" },
      mounts: [{ Type: "volume", Name: `lago-test_${key}`, Destination: "/data" }],
    }),
  },
});

const READING = [
  ...["version", "config", "volume ls", "volume inspect", "container ls", "container inspect"],
  ...["network ls", "image ls"],
];

describe("a start that would lose sight of data", () => {
  it.each<[string, Script, string]>([
    [
      "renames a volume that a container has",
      { ...withVolume("pgdata"), ...engineWith({ "lago-test": ["pg"] }), ...containerWith("pg") },
      "volumes.pg: the volume lago-test_pg may hold data, and service db has it at /data",
    ],
    [
      "renames a volume after everything was stopped",
      { ...withVolume("pgdata"), ...engineWith({ "lago-test": ["pg"] }) },
      "volumes.pg: the volume lago-test_pg may hold data, and no service",
    ],
    [
      "defines a volume anew",
      { ...withVolume("pg", { driver: "nfs" }), ...engineWith({ "lago-test": ["pg"] }) },
      "volumes.pg: the volume lago-test_pg is there with driver local",
    ],
  ])("is refused when it %s", async (_, script, said) => {
    const docker = useFakeDocker(script);
    const error = await errorOf(deploy(deploymentOf()));
    expect(error.kind).toBe("VolumeChanged");
    expect(error.message).toContain("Project lago-test was not started");
    expect(error.message).toContain("Nothing was touched");
    expect(error.message).toContain(said);
    expect(error.issues.map(({ field }) => field)).toEqual(["volumes.pg"]);
    const others = docker.calls().filter(({ verb }) => !READING.includes(verb));
    expect(others.map(({ verb }) => verb)).toEqual([]);
  });

  it("has an exit code of its own", () => {
    const codes = Object.values(EXIT_CODES);
    expect(codes.filter((code) => code === EXIT_CODES.VolumeChanged)).toHaveLength(1);
  });
});

describe("what a person is told of a start", () => {
  const outlook = async (script: Script, options: LagoDeploymentOptions = {}) => {
    useFakeDocker(script);
    const deployment = deploymentOf(options);
    const { name, engine } = deployment.project;
    return volumeOutlook(deployment, await takeSnapshot(name, engine));
  };

  it("is nothing when the data is where it was, or a change of it is allowed", async () => {
    const same = await outlook({ ...withVolume("pg"), ...engineWith({ "lago-test": ["pg"] }) });
    expect(same).toEqual({ invalid: [], issues: [], notes: [] });
    const renamed = { ...withVolume("pgdata"), ...engineWith({ "lago-test": ["pg"] }) };
    const allowed = await outlook(renamed, { allowVolumeChange: ["pg"] });
    expect(allowed.issues).toEqual([]);
    expect(allowed.notes).toEqual([expect.stringContaining("made EMPTY")]);
  });

  it("is nothing when the database moves out, whose volume the files still have", async () => {
    const script = {
      ...withVolume("pg"),
      ...engineWith({ "lago-test": ["pg"] }),
      ...containerWith("pg"),
    };
    const environment = { DATABASE_URL: "postgresql://lago:x@db.example.com:5432/lago" };
    expect(await outlook(script, { environment })).toEqual({ invalid: [], issues: [], notes: [] });
  });

  it("is that a volume is missing beside others", async () => {
    const { issues, notes } = await outlook({
      ...withVolume("pg"),
      ...engineWith({ "lago-test": ["rd"] }),
      config: {
        stdout: JSON.stringify({
          services: {
            db: { volumes: [{ type: "volume", source: "pg", target: "/data" }] },
            redis: { volumes: [{ type: "volume", source: "rd", target: "/data" }] },
          },
          volumes: { pg: { name: "lago-test_pg" }, rd: { name: "lago-test_rd" } },
        }),
      },
    });
    expect(issues).toEqual([]);
    expect(notes).toEqual([
      "warning: made EMPTY, since not there beside its other volumes: lago-test_pg",
    ]);
  });

  it("is whose data is here when it begins without any", async () => {
    const keys = ["pg", "z-billing-lago-keys"];
    const { notes } = await outlook({ ...withVolume("pg"), ...engineWith({ "lago-prod": keys }) });
    expect(notes).toEqual([expect.stringContaining("lago-prod (1 volume)")]);
  });
});

it("never answers compose's question whether to delete a volume", async () => {
  const docker = useFakeDocker(SMALL);
  await deploymentOf().start();
  await deploymentOf({ isolated: false }).start();
  const [isolated, plain] = docker.calls("up");
  for (const call of [isolated, plain]) {
    expect(call?.args.filter((arg) => /^(-y|--yes|--renew-anon-volumes|-V)$/.test(arg))).toEqual(
      [],
    );
  }
  // Compose reads all of the override before it asks, and finds the end of its input then.
  expect(isolated?.args).toContain("-");
  expect(plain?.stdin).toBe("");
});
