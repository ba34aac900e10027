import { describe, expect, it } from "vitest";
import { fingerprint, newSalt } from "../../../src/keys/fingerprint.ts";

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
