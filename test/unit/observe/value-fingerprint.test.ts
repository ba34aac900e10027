import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintKey, fingerprintOf, showWith } from "../../../src/observe/value-fingerprint.ts";
import { anyText } from "../../support/arbitraries.ts";
import { SECRETS, secretsIn } from "../../support/sample.ts";

const KEYS = {
  LAGO_ENCRYPTION_PRIMARY_KEY: SECRETS.secretKeyBase,
  LAGO_ENCRYPTION_KEY_DERIVATION_SALT: SECRETS.password,
};

describe("a fingerprint", () => {
  it("is short and shows nothing of what it is of", () => {
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), (key, name, value) => {
        const print = fingerprintOf(key, name, value);
        expect(print).toMatch(/^#[0-9a-f]{8}$/);
        expect(fingerprintOf(key, name, value)).toBe(print);
      }),
    );
  });

  it("is another one of another value, another name and with another key", () => {
    const prints = [
      fingerprintOf("key", "NAME", "value"),
      fingerprintOf("key", "NAME", "value2"),
      fingerprintOf("key", "OTHER", "value"),
      fingerprintOf("key2", "NAME", "value"),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("the key", () => {
  it("is the same for the same keys of the data, and tells none of them", () => {
    const key = fingerprintKey(KEYS);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprintKey({ ...KEYS, SECRET_KEY_BASE: "other" })).toBe(key);
    expect(secretsIn(key)).toEqual([]);
  });

  it.each(Object.keys(KEYS))("is another one for another %s", (name) => {
    expect(fingerprintKey({ ...KEYS, [name]: "other" })).not.toBe(fingerprintKey(KEYS));
  });

  it.each<Record<string, string | undefined>>([
    {},
    { ...KEYS, LAGO_ENCRYPTION_PRIMARY_KEY: undefined },
    { ...KEYS, LAGO_ENCRYPTION_KEY_DERIVATION_SALT: "" },
  ])("is made up anew each time without them, so that nobody knows it: %j", (environment) => {
    expect(fingerprintKey(environment)).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprintKey(environment)).not.toBe(fingerprintKey(environment));
  });
});

describe("a value", () => {
  const show = showWith("key", (name) => name !== "UNKNOWN");

  it.each([
    ["LAGO_API_URL", "https://api.example.com", "https://api.example.com"],
    ["LAGO_API_URL", "", "empty"],
    ["UNKNOWN", "", "empty"],
    ["SECRET_KEY_BASE", "", "empty"],
    ["LAGO_API_URL", "one\ntwo\u001b[31m three", "one two three"],
  ])("of %s that is %j is shown as %j", (name, value, shown) => {
    expect(show(name, value)).toBe(shown);
  });

  it.each([
    ["nobody calls public", "UNKNOWN", "true"],
    ["is secret by the catalogue, whatever else is said of it", "SECRET_KEY_BASE", "x"],
    ["sounds secret", "MY_API_TOKEN", "x"],
    ["holds a password", "LAGO_API_URL", "https://user:hunter2@example.com"],
    ["holds a user's name that may be a token", "LAGO_API_URL", "https://hunter2@example.com/x"],
    ["is long", "LAGO_API_URL", `https://${"x".repeat(80)}`],
  ])("that %s is not shown", (_, name, value) => {
    expect(show(name, value)).toBe(fingerprintOf("key", name, value));
  });
});
