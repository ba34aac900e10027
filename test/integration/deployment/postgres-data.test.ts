/** A database whose image is of another major release of PostgreSQL than its data. */
import { describe, expect, it } from "vitest";
import { postgresFaults } from "../../../src/deployment/postgres-data.ts";
import { takeSnapshot } from "../../../src/observe/snapshot.ts";
import type { Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf } from "../../support/sample.ts";

const FOLDER = "/var/lib/postgresql/data";
const LABELS = { "com.docker.compose.project": "lago-test", "com.docker.compose.service": "db" };

/** Compose's view of files with this image of the database. */
function files(image: string, definition: object = {}): Script {
  const db = {
    image,
    volumes: [{ type: "volume", source: "pg", target: FOLDER }],
    ...definition,
  };
  const volumes = { pg: { name: "lago-test_pg" } };
  return { config: { stdout: JSON.stringify({ services: { db }, volumes }) } };
}

/** An engine with the data of a release, and a container of the database where it has an image. */
function engine(data: string, running?: { readonly image: string; readonly id: string }): Script {
  const listed = { ID: "db-id", Names: "lago-test-db-1", Labels: LABELS };
  const inspected = {
    Id: "db-id",
    Image: running?.id,
    Config: { Image: running?.image, Labels: LABELS },
    Mounts: [{ Type: "volume", Name: "lago-test_pg", Destination: FOLDER }],
  };
  return {
    "volume ls": { stdout: "lago-test_pg\tlago-test\tpg\n" },
    "image ls": {
      stdout:
        "postgres\t14\t<none>\tsha256:14\npostgres\t15\t<none>\tsha256:15\nacme/db\t1\t<none>\tsha256:acme\n",
    },
    "image inspect": {
      stdout: JSON.stringify([
        { Id: "sha256:14", Config: { Env: [] } },
        { Id: "sha256:15", Config: { Env: [] } },
        { Id: "sha256:acme", Config: { Env: ["PG_MAJOR=15", `PGDATA=${FOLDER}`] } },
      ]),
    },
    ...(running === undefined
      ? {}
      : {
          "container ls": { stdout: `${JSON.stringify(listed)}\n` },
          "container inspect": { stdout: JSON.stringify([inspected]) },
        }),
    "container create": { stdout: "made-id\n" },
    "container archive": { stdout: data },
    "container rm": {},
  };
}

async function judge(
  script: Script,
  { allowDataRisk, unknown = [] }: { allowDataRisk?: string[]; unknown?: string[] } = {},
) {
  const docker = useFakeDocker(script);
  const deployment = deploymentOf(allowDataRisk === undefined ? {} : { allowDataRisk });
  const { name, engine: own } = deployment.project;
  const faults = await postgresFaults(deployment, await takeSnapshot(name, own), {
    unknown,
    stack: undefined,
  });
  return { docker, faults };
}

describe("data without a container, as after down", () => {
  it("is refused for an image of another release, and read through a container that never ran", async () => {
    const { docker, faults } = await judge({ ...files("postgres:15"), ...engine("14\n") });
    expect(faults).toEqual([
      {
        field: "services.db.image",
        message: expect.stringMatching(
          /^the data is of PostgreSQL 14, and postgres:15 is PostgreSQL 15.*Set the image back.*`\.\/zbl exec --project lago-test db -- pg_dumpall --username postgres > lago\.sql`/,
        ),
      },
    ]);
    const [name = "", body = ""] = docker.call("container create").args.slice(2);
    expect(JSON.parse(body)).toMatchObject({
      Image: "sha256:15",
      HostConfig: {
        NetworkMode: "none",
        Mounts: [
          {
            Type: "volume",
            Source: "lago-test_pg",
            Target: FOLDER,
            ReadOnly: true,
            VolumeOptions: { NoCopy: true },
          },
        ],
      },
    });
    expect(docker.call("container rm").args.slice(-1)).toEqual([name]);
    expect(docker.calls("up")).toEqual([]);
  });

  it.each([
    ["of the same release", files("postgres:14"), engine("14\n")],
    ["that nobody has", files("postgres:15"), engine("")],
    ["that is no release", files("postgres:15"), engine("hello\n")],
    ["for an image of no known release", files("postgres:latest"), engine("14\n")],
    ["for an image that the engine does not have", files("postgres:16"), engine("14\n")],
    ["for an image that upgrades it", files("pgautoupgrade/pgautoupgrade:17"), engine("14\n")],
  ])("%s is no fault", async (_, declared, there) => {
    expect((await judge({ ...declared, ...there })).faults).toEqual([]);
  });

  it("is judged by the image's own variable where its tag tells nothing", async () => {
    const { faults } = await judge({
      ...files("acme/db:1", { healthcheck: { test: ["CMD", "pg_isready"] } }),
      ...engine("14\n"),
    });
    expect(faults).toMatchObject([
      { message: expect.stringContaining("acme/db:1 is PostgreSQL 15") },
    ]);
  });

  it("is looked for where the service has its data", async () => {
    const environment = { PGDATA: `${FOLDER}/pgdata`, POSTGRES_USER: "lago" };
    const { docker, faults } = await judge({
      ...files("postgres:15", { environment }),
      ...engine("14\n"),
    });
    expect(docker.calls("container archive").map(({ args }) => args.at(-1))[0]).toBe(
      `${FOLDER}/pgdata/PG_VERSION`,
    );
    expect(faults[0]?.message).toContain("pg_dumpall --username lago");
  });

  it("is not touched where an engine fails to hand it out, and the container is removed", async () => {
    const failing = { exitCode: 1, stderr: "Error response from daemon: odd" };
    const { docker, faults } = await judge({
      ...files("postgres:15"),
      ...engine("14\n"),
      "container archive": failing,
    });
    expect(faults).toEqual([]);
    expect(docker.calls("container rm")).toHaveLength(1);
  });

  it("is not read where the risk is accepted, or only the real run knows the image", async () => {
    const script = { ...files("postgres:15"), ...engine("14\n") };
    const accepted = await judge(script, { allowDataRisk: ["postgres-image:db"] });
    expect(accepted.faults).toEqual([]);
    expect(accepted.docker.calls("container create")).toEqual([]);
    const image = "postgres:${RELEASE}";
    const unknown = await judge({ ...files(image), ...engine("14\n") }, { unknown: ["RELEASE"] });
    expect(unknown.docker.calls("container create")).toEqual([]);
  });
});

it("data is read with another image of the deployment where that of the database is to be pulled", async () => {
  const db = {
    image: "postgres:16",
    volumes: [{ type: "volume", source: "pg", target: FOLDER }],
  };
  const services = { db, front: { image: "acme/db:1" } };
  const volumes = { pg: { name: "lago-test_pg" } };
  const config = { stdout: JSON.stringify({ services, volumes }) };
  const { docker, faults } = await judge({ ...engine("14\n"), config });
  expect(faults).toMatchObject([{ message: expect.stringContaining("PostgreSQL 14") }]);
  expect(docker.call("container create").args.at(-1)).toContain('"Image":"sha256:acme"');
});

describe("data of a container that is there", () => {
  it("is read through the container, and no other one is made", async () => {
    const running = { image: "postgres:14", id: "sha256:14" };
    const { docker, faults } = await judge({ ...files("postgres:15"), ...engine("14\n", running) });
    expect(faults).toHaveLength(1);
    expect(docker.calls("container create")).toEqual([]);
    expect(docker.calls("container archive")[0]?.args).toContain("db-id");
  });

  it.each([
    ["has the image already", "postgres:15", { image: "postgres:15", id: "sha256:15" }],
    [
      "has an image that the engine gave another name",
      "postgres:15",
      { image: "pg", id: "sha256:15" },
    ],
    [
      "was made from the name of an image that is to be pulled",
      "postgres:16",
      { image: "postgres:16", id: "sha256:16" },
    ],
  ])("is not asked for where the container %s", async (_, image, running) => {
    const { docker, faults } = await judge({ ...files(image), ...engine("14\n", running) });
    expect(faults).toEqual([]);
    expect(docker.calls("container archive")).toEqual([]);
  });
});
