import { describe, expect, it } from "vitest";
import { makeFingerprints } from "../../../../src/keys/key-fingerprints.ts";
import {
  GUARDED_KEY_NAMES,
  KEY_NAMES,
  LAGO_KEYS,
  variableOfKey,
} from "../../../../src/lago/lago-keys.ts";
import { type KeysInputs, keysProvider } from "../../../../src/pulumi/stack/keys-provider.ts";
import { useFakeDocker, useNoDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { fingerprintsOfKeys, KEYS, keysIn, listed } from "../../../unit/keys/sample.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const inputsOf = (change: Partial<KeysInputs> = {}) => ({
  projectName: "lago-test",
  given: {},
  allowKeyChange: [],
  __provider: "code",
  ...change,
});

/** What a preview says against the keys; nothing when they are fine. */
async function faultOf(change: Partial<KeysInputs>, olds?: Partial<KeysInputs>): Promise<string> {
  const inputs = inputsOf(change);
  const result = await keysProvider.check(olds ? inputsOf(olds) : {}, inputs);
  expect(result.inputs).toEqual(inputs);
  const text = (result.failures ?? []).map(({ reason }) => reason).join("\n");
  expect(keysIn(text)).toEqual([]);
  return text;
}

describe("a preview", () => {
  it("says nothing where there is no data, whether docker can be asked or not", async () => {
    useFakeDocker();
    expect(await faultOf({})).toBe("");
    useNoDocker();
    expect(await faultOf({})).toBe("");
  });

  it("refuses to make keys where there is data that has some", async () => {
    useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    const fault = await faultOf({ given: { secretKeyBase: KEYS.secretKeyBase } });
    expect(fault).toMatch(/^KeysChanged: /);
    expect(KEY_NAMES.filter((name) => fault.includes(name))).toEqual(
      GUARDED_KEY_NAMES.filter((name) => name !== "secretKeyBase"),
    );
  });

  it("refuses to make keys for data without fingerprints, but takes it up with given ones", async () => {
    useFakeDocker({ "volume ls": listed([]) });
    expect(await faultOf({})).toContain("encryptionPrimaryKey");
    expect(await faultOf({ given: KEYS })).toBe("");
  });

  it("makes the password of a database that is not used, and no other key, for data elsewhere", async () => {
    const { postgresPassword, ...others } = KEYS;
    const fingerprints = await makeFingerprints(others, "elsewhere");
    useFakeDocker({ "volume ls": listed([fingerprints], []) });
    expect(await faultOf({ given: others })).toBe("");
    expect(await faultOf({ given: { ...others, secretKeyBase: undefined } as object })).toContain(
      "secretKeyBase",
    );
    const own = await makeFingerprints(KEYS, "elsewhere");
    useFakeDocker({ "volume ls": listed([own], []) });
    expect(await faultOf({ given: others })).toContain("postgresPassword");
  });

  it("takes the data up with the keys that it was made with", async () => {
    useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    expect(await faultOf({ given: KEYS })).toBe("");
  });

  it("leaves the keys of a stack that is there to its project, and asks nothing", async () => {
    const docker = useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    expect(await faultOf({}, {})).toBe("");
    expect(await faultOf({ given: { postgresPassword: "another" } }, {})).toBe("");
    expect(docker.calls()).toEqual([]);
  });

  it("lets those change that are named", async () => {
    useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    const given = { ...KEYS, secretKeyBase: "another" };
    expect(await faultOf({ given })).toContain("secretKeyBase");
    expect(await faultOf({ given, allowKeyChange: ["secretKeyBase"] })).toBe("");
    expect(await faultOf({ allowKeyChange: KEY_NAMES })).toBe("");
  });

  it("leaves what is not known yet, and names that cannot be, to others", async () => {
    const docker = useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    expect(await faultOf({ given: UNKNOWN as unknown as KeysInputs["given"] })).toBe("");
    expect(await faultOf({ projectName: "No Name" })).toBe("");
    expect(docker.calls()).toEqual([]);
  });

  it("shows the volume of fingerprints that it cannot read", async () => {
    const later = { ...(await makeFingerprints({}, "volumes")), version: 9 } as never;
    useFakeDocker({ "volume ls": listed([later]) });
    expect(await faultOf({ given: KEYS })).toMatch(/^ParseError: /);
  });
});

describe("the keys in the state", () => {
  it("stay while a given one does not fit the data, and become it once that is allowed", async () => {
    const olds = { ...KEYS, __provider: "code" };
    const given = { secretKeyBase: "another" };
    const docker = useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    expect(await keysProvider.diff("id", olds, inputsOf({ given: KEYS }))).toEqual({
      changes: false,
    });
    expect(docker.calls()).toEqual([]);
    expect(await keysProvider.diff("id", olds, inputsOf({ given }))).toEqual({ changes: false });
    const newer = inputsOf({ given, __provider: "newer code" } as object);
    expect(await keysProvider.diff("id", olds, newer)).toEqual({ changes: false });
    const allowKeyChange = ["secretKeyBase"];
    expect(await keysProvider.diff("id", olds, inputsOf({ given, allowKeyChange }))).toEqual({
      changes: true,
    });
  });

  it("are the given ones, and new ones for the others", async () => {
    const { outs: one } = await keysProvider.create(
      inputsOf({ given: { secretKeyBase: "given" } }),
    );
    const { outs: two } = await keysProvider.create(inputsOf());
    expect(Object.keys(one).sort()).toEqual([...KEY_NAMES].sort());
    expect(one.secretKeyBase).toBe("given");
    for (const name of KEY_NAMES) {
      expect(two[name]).not.toBe(one[name]);
    }
  });

  it("stay when config changes around them or no longer gives them", async () => {
    const olds = { ...KEYS, __provider: "code" };
    expect(await keysProvider.diff("id", olds, inputsOf({ given: KEYS }))).toEqual({
      changes: false,
    });
    expect(await keysProvider.diff("id", olds, inputsOf())).toEqual({ changes: false });
    expect((await keysProvider.update("id", olds, inputsOf())).outs).toEqual(KEYS);
  });

  it("are made up once for a state from before they were keys, and refused by no data", async () => {
    const { redisPassword, ...older } = KEYS;
    const olds = { ...older, __provider: "code" } as typeof KEYS & { __provider: string };
    useFakeDocker({ "volume ls": listed([await fingerprintsOfKeys()]) });
    expect(await keysProvider.diff("id", olds, inputsOf())).toEqual({ changes: true });
    const { outs } = await keysProvider.update("id", olds, inputsOf());
    expect(outs).toMatchObject(older);
    expect(outs.redisPassword).toMatch(/^[A-Za-z0-9]{32}$/);
    const news = { ...outs, __provider: "code" } as typeof olds;
    expect(await keysProvider.diff("id", news, inputsOf())).toEqual({ changes: false });
  });

  it("need no update for a given password of Redis, which would hide the plan of a preview", async () => {
    const olds = { ...KEYS, __provider: "code" };
    const given = { redisPassword: "another" };
    expect(await keysProvider.diff("id", olds, inputsOf({ given }))).toEqual({ changes: false });
    const { outs } = await keysProvider.create(inputsOf({ given }));
    expect(outs.redisPassword).toBe("another");
  });

  it("change with what is given, and take up new code", async () => {
    const olds = { ...KEYS, __provider: "code" };
    const given = { secretKeyBase: "another" };
    expect(await keysProvider.diff("id", olds, inputsOf({ given }))).toEqual({ changes: true });
    expect((await keysProvider.update("id", olds, inputsOf({ given }))).outs).toEqual({
      ...KEYS,
      ...given,
    });
    const newer = { ...inputsOf(), __provider: "newer code" };
    expect(await keysProvider.diff("id", olds, newer)).toEqual({ changes: true });
  });
});

describe("creation beside a deployment that runs", () => {
  const { redisPassword: _, ...GIVEN } = KEYS;
  const LABELS = { "com.docker.compose.project": "lago-test", "com.docker.compose.service": "api" };
  const listing = `${JSON.stringify({ ID: "api-id", Names: "lago-test-api-1", Labels: "com.docker.compose.project=lago-test", Ports: "" })}\n`;
  const inside = (password: string) =>
    `${JSON.stringify({ labels: LABELS, image: "getlago/api:v1.50.0", env: [`REDIS_PASSWORD=${password}`] })}\n`;

  it("takes over the password of its Redis, which nothing but a lost state knew", async () => {
    useFakeDocker({
      "container ls": { stdout: listing },
      "container inspect": { stdout: inside("runs-with-this-one") },
    });
    const { outs } = await keysProvider.create(inputsOf({ given: GIVEN }));
    expect(outs).toMatchObject({ ...GIVEN, redisPassword: "runs-with-this-one" });
  });

  it("takes over all its keys, in the preview too, and what config gives counts more", async () => {
    const env = LAGO_KEYS.map((key) => `${variableOfKey(key)}=${KEYS[key.name]}`);
    const script = {
      "volume ls": listed([await fingerprintsOfKeys()]),
      "container ls": { stdout: listing },
      "container inspect": {
        stdout: `${JSON.stringify({ labels: LABELS, image: "getlago/api:v1.50.0", env })}\n`,
      },
    };
    useFakeDocker(script);
    expect(await faultOf({})).toBe("");
    expect((await keysProvider.create(inputsOf())).outs).toEqual(KEYS);
    const given = { secretKeyBase: "another" };
    expect(await faultOf({ given })).toContain("secretKeyBase");
    expect((await keysProvider.create(inputsOf({ given }))).outs).toEqual({ ...KEYS, ...given });
  });

  it("takes no keys that do not fit the data", async () => {
    const env = LAGO_KEYS.map((key) => `${variableOfKey(key)}=another-${KEYS[key.name]}`);
    useFakeDocker({
      "volume ls": listed([await fingerprintsOfKeys()]),
      "container ls": { stdout: listing },
      "container inspect": {
        stdout: `${JSON.stringify({ labels: LABELS, image: "getlago/api:v1.50.0", env })}\n`,
      },
    });
    expect(await faultOf({})).toMatch(/^KeysChanged: /);
  });

  it("makes one where none runs, and where docker cannot be asked", async () => {
    useFakeDocker({
      "container ls": { stdout: listing },
      "container inspect": { stdout: inside("") },
    });
    const first = (await keysProvider.create(inputsOf({ given: GIVEN }))).outs?.redisPassword;
    useNoDocker();
    const second = (await keysProvider.create(inputsOf({ given: GIVEN }))).outs?.redisPassword;
    expect(first).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(second).toMatch(/^[A-Za-z0-9]{32}$/);
  });
});
