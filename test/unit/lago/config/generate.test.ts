import { describe, expect, it } from "vitest";
import { newAlphanumeric, newSecretKeyBase } from "../../../../src/lago/config/generate.ts";

describe("generated secrets", () => {
  it("are 64 bytes in hexadecimal digits for a key base", () => {
    const keys = Array.from({ length: 20 }, newSecretKeyBase);
    expect(keys.every((key) => /^[0-9a-f]{128}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(20);
  });

  it("are of the length asked for, safe in a URL, and use all letters and digits", () => {
    const text = newAlphanumeric(20_000);
    expect(text).toMatch(/^[A-Za-z0-9]{20000}$/);
    expect(encodeURIComponent(text)).toBe(text);
    expect(new Set(text).size).toBe(62);
    expect(newAlphanumeric(32)).not.toBe(newAlphanumeric(32));
  });
});
