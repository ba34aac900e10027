import { describe, expect, it } from "vitest";
import { DeployError } from "../../../src/errors.ts";
import { differences } from "../../../src/keys/key-differences.ts";
import {
  coversAll,
  makeFingerprints,
  parseFingerprints,
  withOrganization,
} from "../../../src/keys/key-fingerprints.ts";
import { KEY_NAMES } from "../../../src/lago/lago-keys.ts";
import { rsaKey } from "../../support/keys.ts";
import { fingerprintsOfKeys, KEYS, keysIn } from "./sample.ts";

describe("key fingerprints", () => {
  it("show no key, in no form", async () => {
    const text = JSON.stringify(await fingerprintsOfKeys());
    expect(keysIn(text)).toEqual([]);
    for (const value of Object.values(KEYS)) {
      expect(text).not.toContain(Buffer.from(value).toString("base64").slice(0, 12));
    }
  });

  it("are read as they were written", async () => {
    const fingerprints = await fingerprintsOfKeys();
    expect(parseFingerprints(JSON.stringify(fingerprints), "volume")).toEqual(fingerprints);
  });

  it.each(["", "{}", "[1", '{"version":2,"generation":1,"salt":"","data":"volumes","keys":{}}'])(
    "of an unknown form are named and not taken for none: %s",
    (text) => {
      expect(() => parseFingerprints(text, "lago-test_fingerprints")).toThrow(
        expect.toSatisfy(
          (error) =>
            DeployError.isDeployError(error) &&
            error.kind === "ParseError" &&
            error.message.includes("lago-test_fingerprints"),
        ),
      );
    },
  );

  it.each(KEY_NAMES)("tell when %s is another one, and name only that", async (name) => {
    const other = name === "rsaPrivateKey" ? rsaKey(3072).pkcs1 : "another";
    expect(await differences(await fingerprintsOfKeys(), { ...KEYS, [name]: other })).toEqual([
      { name, kind: "other" },
    ]);
  });

  it("tell nothing of the same keys in another spelling", async () => {
    expect(
      await differences(await fingerprintsOfKeys(), { ...KEYS, rsaPrivateKey: rsaKey().pkcs8 }),
    ).toEqual([]);
  });

  it("tell a key that is gone from one that is new", async () => {
    const without = await makeFingerprints({ ...KEYS, secretKeyBase: "" }, "volumes");
    expect(await differences(without, KEYS)).toEqual([{ name: "secretKeyBase", kind: "added" }]);
    const gone = await differences(await fingerprintsOfKeys(), { ...KEYS, secretKeyBase: "" });
    expect(gone).toEqual([{ name: "secretKeyBase", kind: "missing" }]);
    expect(await differences(without, { ...KEYS, secretKeyBase: "" })).toEqual([]);
  });

  it("are followed by some that keep what they are not told of", async () => {
    const first = await fingerprintsOfKeys();
    const { postgresPassword, ...others } = KEYS;
    const second = await makeFingerprints({ ...others, secretKeyBase: "new" }, "elsewhere", first);
    expect(second).toMatchObject({ generation: 2, salt: first.salt, data: "elsewhere" });
    expect(await differences(second, { postgresPassword, secretKeyBase: "new" })).toEqual([]);
    expect(await differences(second, { postgresPassword: "other" })).toHaveLength(1);
    expect(second.keys.encryptionPrimaryKey).toBe(first.keys.encryptionPrimaryKey);
  });

  it("know whether they tell of all keys", async () => {
    const { postgresPassword, ...others } = KEYS;
    const fingerprints = await makeFingerprints(others, "volumes");
    expect(coversAll(fingerprints, others)).toBe(true);
    expect(coversAll(fingerprints, KEYS)).toBe(false);
  });
});

describe("the note of an organization", () => {
  it("stays when the keys get other fingerprints, and is one generation by itself", async () => {
    const noted = withOrganization(await fingerprintsOfKeys());
    expect(noted.generation).toBe((await fingerprintsOfKeys()).generation + 1);
    expect(parseFingerprints(JSON.stringify(noted), "volume")).toEqual(noted);
    const next = await makeFingerprints({ redisPassword: "another" }, "elsewhere", noted);
    expect(next).toMatchObject({ organization: true, generation: noted.generation + 1 });
    expect(await makeFingerprints(KEYS, "volumes")).not.toHaveProperty("organization");
  });
});
