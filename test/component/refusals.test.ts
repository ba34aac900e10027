/** Everything that is wrong with a deployment comes out of one preview, and nothing is touched by it. */
import { describe, expect, it } from "vitest";
import { keysProvider } from "../../src/pulumi/stack/keys-provider.ts";
import { projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { SMALL } from "../support/sample.ts";
import { fingerprintsOfKeys, KEYS, keysIn, listed } from "../unit/keys/sample.ts";
import { PROVIDER, reasonsIn, SPEC, UNKNOWN } from "./sample-project.ts";

const WRONG_KEY = "another-secret-key-base-of-the-wrong-stack";

const FINDINGS = {
  invalid: [{ field: "protekt", message: "is not a setting of lago. Did you mean protect?" }],
  unsafe: ["urls.api is public and begins with http://: write https://"],
};

/** A spec with a fault of its own. */
const FAULTY = {
  ...SPEC,
  memoryLimits: { apii: "1g" },
  workers: { event: { count: 2 } },
  ports: { api: 21_001 },
} as unknown as DeploymentSpec;

/** Compose's view of files with these networks, on an engine with these networks. */
function networks(declared: Readonly<Record<string, object>>, existing: readonly string[]): Script {
  const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout);
  const api = { ...services.api, networks: Object.fromEntries(keysOf(declared)) };
  return {
    ...SMALL,
    config: { stdout: JSON.stringify({ services: { ...services, api }, networks: declared }) },
    "network ls": { stdout: existing.map((line) => `id-of-it\t${line}\n`).join("") },
  };
}

const keysOf = (declared: object) => Object.keys(declared).map((key) => [key, null] as const);

const HELD_PORT = {
  ID: "id",
  Names: "shop-web-1",
  Labels: "com.docker.compose.project=shop",
  Ports: "127.0.0.1:21001->80/tcp",
};

/** That port, and the one that front has by default. */
const HELD_PORTS = {
  stdout: [HELD_PORT, { ...HELD_PORT, ID: "id2", Ports: "127.0.0.1:80->80/tcp" }]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(""),
};

/** A sound spec, whose files do without the volume of that data. */
const SOUND = { ...SPEC, allowVolumeChange: ["lago-test_lago_postgres_data"] };

/** An engine with data of the keys {@link KEYS}, a taken port and no network of the name `proxy`. */
async function everythingWrong(): Promise<Script> {
  return {
    ...networks({ default: { name: "lago-test_default" }, proxy: { external: true } }, [
      "bridge\t",
      "lago-test_default\tshop",
    ]),
    "container ls": { stdout: `${JSON.stringify(HELD_PORT)}\n` },
    "volume ls": listed([await fingerprintsOfKeys()]),
  };
}

const EVERYTHING = [
  /^InvalidConfig: protekt: /,
  /^InvalidConfig: workers\.event: no such pool of workers/,
  /^InvalidConfig: memoryLimits\.apii: no such service/,
  /^UnsafeConfig: urls\.api is public/,
  /^PortTaken: ports\.api: port 21001 is held by container shop-web-1/,
  /^PortTaken: networks\.default: the network lago-test_default is there and belongs to project shop/,
  /^NetworkNotFound: networks\.proxy: the network proxy is external and not there/,
  /^VolumeChanged: volumes\.lago-test_lago_postgres_data: /,
  /^KeysChanged: [\s\S]*secretKeyBase/,
].map((pattern) => expect.stringMatching(pattern));

const TOUCHING = ["up", "down", "pull", "restart", "volume create"];

describe("a preview of a stack that is there", () => {
  const keys = { given: { secretKeyBase: WRONG_KEY }, all: KEYS };
  const check = (spec: DeploymentSpec, more: object = {}) =>
    projectProvider.check(
      { ...PROVIDER, spec: SPEC, digest: "d" },
      { ...PROVIDER, spec, findings: FINDINGS, keys, ...more },
    );

  it("is refused for all faults of whatever kind at once", async () => {
    const docker = useFakeDocker(await everythingWrong());
    const { failures = [] } = await check(FAULTY);
    expect(reasonsIn(failures)).toEqual(EVERYTHING);
    expect(failures[0]?.reason).toMatch(/^project lago-test is refused for 9 reasons:\n/);
    expect(keysIn(failures[0]?.reason ?? "")).toEqual([]);
    expect(docker.calls().filter(({ verb }) => TOUCHING.includes(verb))).toEqual([]);
  });

  it("has nothing of what was judged in its state", async () => {
    useFakeDocker(SMALL);
    const none = { invalid: [], unsafe: [] };
    const { inputs, failures } = await check(SPEC, { findings: none });
    expect(failures).toEqual([]);
    expect(Object.keys(inputs).sort()).toEqual(["__provider", "digest", "ports", "spec"]);
  });

  it("is refused for keys of its state that do not fit the data", async () => {
    const all = { ...KEYS, encryptionPrimaryKey: "of another deployment" };
    useFakeDocker({ ...SMALL, "volume ls": listed([await fingerprintsOfKeys()]) });
    const refused = await check(SOUND, { findings: undefined, keys: { given: {}, all } });
    const [reason = "", ...others] = reasonsIn(refused.failures);
    expect(reason).toMatch(/^KeysChanged: .*\n {2}encryptionPrimaryKey \(/);
    expect(others).toEqual([]);
    const spec = { ...SOUND, allowKeyChange: ["encryptionPrimaryKey" as const] };
    const allowed = await check(spec, { findings: undefined, keys: { given: {}, all } });
    expect(allowed.failures).toEqual([]);
  });

  it("is told to take back a key that its state still has, by the setting that gives it", async () => {
    useFakeDocker({ ...SMALL, "volume ls": listed([await fingerprintsOfKeys()]) });
    const given = { secretKeyBase: WRONG_KEY, postgresPassword: "another-password-of-a-database" };
    const sources = {
      secretKeyBase: "secretKeyBase",
      postgresPassword: "settings.database.password",
    };
    const more = { findings: undefined, keys: { given, all: KEYS }, sources, stack: "prod" };
    const [reason = ""] = reasonsIn((await check(SOUND, more)).failures);
    expect(reason).toContain("To use that again: ./zbl unset prod secretKeyBase");
    expect(reason).toContain("To use that again: ./zbl unset prod settings.database.password");
    expect(reason).not.toContain("Give the old one back");
    const lost = { ...more, keys: { given, all: given } };
    const [other = ""] = reasonsIn((await check(SOUND, lost)).failures);
    expect(other).toContain("Give the old one back: ./zbl set prod settings.database.password");
  });

  it("is judged no further where settings leave open which deployment is meant", async () => {
    const docker = useFakeDocker(await everythingWrong());
    const { failures } = await check({ ...FAULTY, composeFiles: "x" as unknown as string[] });
    expect(reasonsIn(failures)).toEqual([
      EVERYTHING[0],
      expect.stringMatching(/^InvalidConfig: composeFiles: /),
      EVERYTHING[1],
      EVERYTHING[3],
    ]);
    expect(docker.calls()).toEqual([]);
  });

  it("is refused for what the program has found although the rest is not known yet", async () => {
    const docker = useFakeDocker(await everythingWrong());
    const { failures } = await check({ ...SPEC, projectName: UNKNOWN });
    expect(reasonsIn(failures)).toEqual([EVERYTHING[0], EVERYTHING[3]]);
    expect(docker.calls()).toEqual([]);
  });

  it("says of ports beside a mistyped one only what is sure: that a given port is taken", async () => {
    useFakeDocker({ ...(await everythingWrong()), "container ls": HELD_PORTS });
    const spec = { ...FAULTY, ports: { api: 21_001, frnt: 8080 } as DeploymentSpec["ports"] };
    const { failures } = await check(spec);
    const text = reasonsIn(failures).join("\n");
    expect(text).toContain("InvalidConfig: ports.frnt: ");
    expect(text).toContain("PortTaken: ports.api: port 21001");
    expect(text).not.toContain("PortTaken: ports.front");
  });
});

describe("a preview of a new stack", () => {
  const news = {
    ...PROVIDER,
    projectName: "lago-test",
    given: { secretKeyBase: WRONG_KEY },
    allowKeyChange: [],
  };

  it("makes no keys for a deployment that is refused, and tells all faults", async () => {
    const docker = useFakeDocker(await everythingWrong());
    const project = { spec: FAULTY, findings: FINDINGS };
    const { inputs, failures } = await keysProvider.check({}, { ...news, project });
    expect(inputs).toEqual(news);
    expect(reasonsIn(failures)).toEqual(EVERYTHING);
    expect(docker.calls().filter(({ verb }) => TOUCHING.includes(verb))).toEqual([]);
  });

  it("says once that a key is not valid, and not that it does not fit the data", async () => {
    useFakeDocker({ ...SMALL, "volume ls": listed([await fingerprintsOfKeys()]) });
    const message = "expected 32 characters or more";
    const findings = { invalid: [{ field: "secretKeyBase", message }], unsafe: [] };
    const { secretKeyBase, ...given } = KEYS;
    const inputs = { ...news, given, project: { spec: SOUND, findings } };
    const { failures } = await keysProvider.check({}, inputs);
    expect(reasonsIn(failures)).toEqual([`InvalidConfig: secretKeyBase: ${message}`]);
  });
});

describe("a network", () => {
  const reasonsFor = async (declared: Readonly<Record<string, object>>, existing: string[]) => {
    useFakeDocker(networks(declared, existing));
    const { failures } = await projectProvider.check({ ...PROVIDER } as never, {
      ...PROVIDER,
      spec: { ...SPEC, variables: ["SECRET_KEY_BASE", "NETWORK"] },
    });
    return reasonsIn(failures);
  };

  it.each<[string, Readonly<Record<string, object>>, string[]]>([
    ["is made", { default: { name: "lago-test_default" } }, []],
    ["is its own", { default: { name: "lago-test_default" } }, ["lago-test_default\tlago-test"]],
    ["is there, as it has to be", { proxy: { external: true } }, ["proxy\t"]],
    ["is shared by a name of its own", { proxy: { name: "proxy" } }, ["proxy\tshop"]],
    ["is named by a variable", { proxy: { name: "${NETWORK}", external: true } }, []],
  ])("is no fault where it %s", async (_, declared, existing) => {
    expect(await reasonsFor(declared, existing)).toEqual([]);
  });

  it("that somebody made by hand under its name is refused", async () => {
    const declared = { default: { name: "lago-test_default" } };
    expect(await reasonsFor(declared, ["lago-test_default\t"])).toEqual([
      expect.stringContaining("the network lago-test_default is there and belongs to no project"),
    ]);
  });
});
