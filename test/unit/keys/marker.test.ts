import { describe, expect, it } from "vitest";
import { DeployError } from "../../../src/errors.ts";
import { fingerprint, newSalt } from "../../../src/keys/fingerprint.ts";
import { coversAll, differences, makeMarker, parseMarker } from "../../../src/keys/marker.ts";
import { KEY_NAMES } from "../../../src/lago/lago-keys.ts";
import { rsaKey } from "../../support/keys.ts";
import { KEYS, keysIn, markerOf } from "./sample.ts";

describe("fingerprint", () => {
  it("is 32 bytes that depend on the key, the salt and the name, and on nothing else", async () => {
    const salt = newSalt();
    const one = await fingerprint("secretKeyBase", "value", salt);
    expect(Buffer.from(one, "base64")).toHaveLength(32);
    expect(await fingerprint("secretKeyBase", "value", salt)).toBe(one);
    const others = await Promise.all([
      fingerprint("secretKeyBase", "valuf", salt),
      fingerprint("secretKeyBase", "value", newSalt()),
      fingerprint("postgresPassword", "value", salt),
    ]);
    expect(new Set([one, ...others]).size).toBe(4);
  });

  it("agrees with the published function, so that no later release computes another one", async () => {
    // scrypt of "value" with N 2^14, r 8, p 1, by Python's hashlib.
    expect(await fingerprint("secretKeyBase", "value", "c2FsdA==")).toBe(
      "uR7Zzyiy4GM6Srn5X4s7AFffidlF3e1rbhT7vbolqv0=",
    );
  });
});

describe("a marker", () => {
  it("shows no key, in no form", async () => {
    const text = JSON.stringify(await markerOf());
    expect(keysIn(text)).toEqual([]);
    for (const value of Object.values(KEYS)) {
      expect(text).not.toContain(Buffer.from(value).toString("base64").slice(0, 12));
    }
  });

  it("is read as it was written", async () => {
    const marker = await markerOf();
    expect(parseMarker(JSON.stringify(marker), "volume")).toEqual(marker);
  });

  it.each(["", "{}", "[1", '{"version":2,"generation":1,"salt":"","data":"volumes","keys":{}}'])(
    "of an unknown form is named and not taken for none: %s",
    (text) => {
      expect(() => parseMarker(text, "lago-test_marker")).toThrow(
        expect.toSatisfy(
          (error) =>
            DeployError.isDeployError(error) &&
            error.kind === "ParseError" &&
            error.message.includes("lago-test_marker"),
        ),
      );
    },
  );

  it.each(KEY_NAMES)("tells when %s is another one, and names only that", async (name) => {
    const other = name === "rsaPrivateKey" ? rsaKey(3072).pkcs1 : "another";
    expect(await differences(await markerOf(), { ...KEYS, [name]: other })).toEqual([
      { name, kind: "other" },
    ]);
  });

  it("tells nothing of the same keys in another spelling", async () => {
    expect(await differences(await markerOf(), { ...KEYS, rsaPrivateKey: rsaKey().pkcs8 })).toEqual(
      [],
    );
  });

  it("tells a key that is gone from one that is new", async () => {
    const without = await makeMarker({ ...KEYS, secretKeyBase: "" }, "volumes");
    expect(await differences(without, KEYS)).toEqual([{ name: "secretKeyBase", kind: "added" }]);
    const gone = await differences(await markerOf(), { ...KEYS, secretKeyBase: "" });
    expect(gone).toEqual([{ name: "secretKeyBase", kind: "missing" }]);
    expect(await differences(without, { ...KEYS, secretKeyBase: "" })).toEqual([]);
  });

  it("is followed by one that keeps what it is not told of", async () => {
    const first = await markerOf();
    const { postgresPassword, ...others } = KEYS;
    const second = await makeMarker({ ...others, secretKeyBase: "new" }, "elsewhere", first);
    expect(second).toMatchObject({ generation: 2, salt: first.salt, data: "elsewhere" });
    expect(await differences(second, { postgresPassword, secretKeyBase: "new" })).toEqual([]);
    expect(await differences(second, { postgresPassword: "other" })).toHaveLength(1);
    expect(second.keys.encryptionPrimaryKey).toBe(first.keys.encryptionPrimaryKey);
  });

  it("knows whether it tells of all keys", async () => {
    const { postgresPassword, ...others } = KEYS;
    const marker = await makeMarker(others, "volumes");
    expect(coversAll(marker, others)).toBe(true);
    expect(coversAll(marker, KEYS)).toBe(false);
  });
});
