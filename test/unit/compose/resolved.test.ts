import { describe, expect, it } from "vitest";
import { parseResolved } from "../../../src/compose/resolved.ts";
import { fixture } from "../../support/fixtures.ts";

const CONFIG = fixture("compose", "plan", "config-2.26.json");
const HASHES = fixture("compose", "plan", "config-hash-2.26.txt");
const { services, volumes } = parseResolved(CONFIG, HASHES);

const specOf = (name: string) => services.find((one) => one.name === name)?.spec;

/** What is made of one service that compose might print. */
function only(service: object, project: object = {}) {
  const config = JSON.stringify({ services: { api: { image: "a", ...service } }, ...project });
  return parseResolved(config, "api hash").services[0];
}

describe("the hash of a service", () => {
  it.each([
    { network_mode: "service:vpn" },
    { ipc: "service:vpn" },
    { pid: "service:vpn" },
    { volumes_from: ["vpn:ro"] },
  ])("is left open with %j, by which the id of a container is in it", (shared) => {
    expect(only(shared)?.configHash).toBe("");
  });

  it.each([
    {},
    { network_mode: "host" },
    { network_mode: "container:vpn" },
    { volumes_from: ["container:vpn"] },
  ])("is compose's own with %j", (own) => {
    expect(only(own)?.configHash).toBe("hash");
  });
});

describe("a recorded project", () => {
  it("has its services by name, with compose's hash and their number", () => {
    expect(
      services.map(({ name, configHash, scale }) => [name, configHash.slice(0, 8), scale]),
    ).toEqual([
      ["api", "805597a4", 1],
      ["db", "b6b89165", 1],
      ["migrate", "fae561db", 1],
      ["off", "82a05db9", 0],
      ["worker", "7ce8a8af", 2],
    ]);
  });

  it("has the engine's names of the volumes that it makes itself", () => {
    expect(volumes).toEqual([
      "lago-plan_data",
      "lago-plan_of-nobody-running",
      "lago-plan_own_name",
    ]);
  });

  it("has what an api is made of, with every dollar once", () => {
    expect(specOf("api")).toEqual({
      image: "getlago/api:v1.50.0",
      environment: {
        DATABASE_URL: "postgresql://lago:hunter2-p@ss$w@db:5432/lago",
        DOLLARS: "a$b$$c",
        EMPTY: "",
        FROM_CALLER: "",
        LAGO_API_URL: "http://localhost:3000",
        LINES: "one\ntwo",
      },
      ports: ["0.0.0.0:28432->3001/udp", "127.0.0.1:28431->3000/tcp"],
      mounts: [
        "/srv/lago/app.conf:/app/app.conf:ro",
        "/srv/lago/app.conf:/app/config.yml:ro",
        "/srv/lago/app.conf:/conf:ro",
        "/srv/lago/token.txt:/run/secrets/other:ro",
        "/srv/lago/token.txt:/run/secrets/token:ro",
        "lago-plan_own_name:/app/storage",
      ],
      memoryBytes: 0,
      command: '["sh","-c","echo hunter2-token > /dev/null; exec sleep infinity"]',
      restartPolicy: "on-failure:3",
      logging: "json-file env=hunter2-token max-size=10m",
      restartToken: "7",
    });
  });

  it("has what a database is made of", () => {
    expect(specOf("db")).toMatchObject({
      memoryBytes: 256 * 1024 ** 2,
      command: undefined,
      healthCheck: '[["CMD-SHELL","echo $HOME hunter2-p@ss$w"],90000,1500,10000,500,4]',
      restartPolicy: "unless-stopped",
      logging: undefined,
      restartToken: undefined,
    });
  });

  it("has what stands below `deploy`, and a health check that is off", () => {
    expect(specOf("worker")).toMatchObject({
      memoryBytes: 64 * 1024 ** 2,
      healthCheck: '[["NONE"],0,0,0,0,0]',
      restartPolicy: "on-failure:2",
      ports: ["0.0.0.0:any->3002/tcp"],
      mounts: ["lago-plan-external:/elsewhere"],
    });
  });

  it("has who waits for whom", () => {
    expect(services.find(({ name }) => name === "api")?.dependsOn).toEqual([
      { name: "db", restart: true },
      { name: "migrate", restart: false },
    ]);
  });

  it("is made of the same by compose 5.6, whose hashes are its own", () => {
    const newer = parseResolved(
      fixture("compose", "plan", "config-5.6.json"),
      fixture("compose", "plan", "config-hash-5.6.txt"),
    );
    const unhashed = (all: typeof services) => all.map(({ configHash: _, ...rest }) => rest);
    expect(unhashed(newer.services)).toEqual(unhashed(services));
    expect(newer.volumes).toEqual(volumes);
    const hashes = (all: typeof services) => all.map(({ configHash }) => configHash);
    expect(hashes(newer.services)).not.toEqual(hashes(services));
  });
});

describe("a restart policy", () => {
  it.each<[object, string]>([
    [{}, "no"],
    [{ restart: "no" }, "no"],
    [{ restart: "" }, "no"],
    [{ restart: "always" }, "always"],
    [{ deploy: { restart_policy: {} } }, "always"],
    [{ deploy: { restart_policy: { condition: "any" } } }, "always"],
    [{ deploy: { restart_policy: { condition: "none" } } }, "no"],
    [{ deploy: { restart_policy: { condition: "on-failure", max_attempts: 4 } } }, "on-failure:4"],
    [{ deploy: { restart_policy: { condition: "on-failure" } } }, "on-failure"],
  ])("of %j is %s", (service, expected) => {
    expect(only(service)?.spec.restartPolicy).toBe(expected);
  });
});

it.each<[object, number]>([
  [{}, 1],
  [{ scale: 3 }, 3],
  [{ scale: 0 }, 0],
  [{ deploy: { replicas: 2 } }, 2],
  [{ deploy: {} }, 1],
])("a service with %j has %i containers", (service, scale) => {
  expect(only(service)?.scale).toBe(scale);
});

it("leaves out the config and the secret that no file of the host is behind", () => {
  const shared = { configs: [{ source: "c" }], secrets: [{ source: "s" }] };
  const project = { configs: { c: { content: "x" } }, secrets: { s: { environment: "X" } } };
  expect(only(shared, project)?.spec.mounts).toEqual([]);
});

it.each(["{}", '{"services":null}', '{"services":{},"volumes":null}'])(
  "may be empty: %s",
  (text) => {
    expect(parseResolved(text, "")).toEqual({ services: [], volumes: [] });
  },
);

describe("what is not as it should be", () => {
  it.each([
    "",
    "hunter2",
    "[]",
    '{"services":[]}',
    '{"services":{"api":{"environment":"hunter2"}}}',
  ])("is refused without being shown: %j", (text) => {
    expect(() => parseResolved(text, "api hash")).toThrow(
      expect.objectContaining({
        kind: "ParseError",
        message: expect.not.stringContaining("hunter2"),
      }),
    );
  });

  it.each<[string, string]>([
    ["no hash at all", ""],
    ["a service without a line", HASHES.replace(/^db .*\n/m, "")],
    ["a line without a hash", HASHES.replace(/^db .*$/m, "db")],
    ["an error", "unknown flag: --hash hunter2"],
  ])("may be %s, which is no drift", (_, hashes) => {
    expect(() => parseResolved(CONFIG, hashes)).toThrow(
      expect.objectContaining({
        kind: "ParseError",
        message: expect.not.stringContaining("hunter2"),
      }),
    );
  });
});
