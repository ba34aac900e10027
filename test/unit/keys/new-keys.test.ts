import { expect, it } from "vitest";
import { newKeys } from "../../../src/keys/new-keys.ts";
import { canonicalKey, KEY_NAMES } from "../../../src/lago/lago-keys.ts";

it("generates a value of its own for each key, every time", async () => {
  const [one, other] = [await newKeys(), await newKeys()];
  expect(Object.keys(one).sort()).toEqual([...KEY_NAMES].sort());
  const values = [...Object.values(one), ...Object.values(other)];
  expect(new Set(values).size).toBe(2 * KEY_NAMES.length);
  expect(values.every((value) => value.length >= 32)).toBe(true);
});

it("generates an RSA key in the form that Lago reads", async () => {
  const { rsaPrivateKey } = await newKeys();
  expect(Buffer.from(rsaPrivateKey, "base64").toString()).toMatch(/^-----BEGIN RSA PRIVATE KEY/);
  expect(canonicalKey("rsaPrivateKey", rsaPrivateKey)).not.toBe(rsaPrivateKey);
});
