import { describe, expect, it } from "vitest";
import { differences } from "../../../../src/keys/key-differences.ts";
import { type KeyFingerprints, makeFingerprints } from "../../../../src/keys/key-fingerprints.ts";
import { GUARDED_KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import {
  environmentOf,
  fingerprintsOfKeys,
  KEYS,
  keysIn,
  listed,
} from "../../../unit/keys/sample.ts";
import { OTHER, startWith, written } from "./start-with.ts";

describe("a project with data and key fingerprints", () => {
  it("starts with the same keys, and nothing is written", async () => {
    const { docker, error, said } = await startWith(listed([await fingerprintsOfKeys()]));
    expect(error).toBeUndefined();
    expect(said).toEqual([]);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["volume ls"]);
  });

  it("is refused with another key, which is named, before docker is told anything", async () => {
    const { docker, error } = await startWith(listed([await fingerprintsOfKeys()]), {
      environment: environmentOf(OTHER),
    });
    expect(error?.kind).toBe("KeysChanged");
    expect(error?.message).toContain("encryptionPrimaryKey");
    expect(error?.message).not.toContain("secretKeyBase");
    expect(keysIn(error?.message ?? "", OTHER)).toEqual([]);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["volume ls"]);
  });

  it("is refused without keys, which would let the compose file's defaults in", async () => {
    const { error } = await startWith(listed([await fingerprintsOfKeys()]), { environment: {} });
    for (const name of GUARDED_KEY_NAMES) {
      expect(error?.message).toContain(`${name} (`);
    }
    expect(error?.message).not.toContain("redisPassword");
  });

  it("starts with another Redis password, which loses nothing, and has the fingerprint of it", async () => {
    const environment = environmentOf({ ...KEYS, redisPassword: "another-of-redis" });
    const started = await startWith(listed([await fingerprintsOfKeys()]), { environment });
    expect(started.error).toBeUndefined();
    expect(written(started.docker)).toHaveLength(1);
  });

  it("is refused for what is not allowed although something else is", async () => {
    const environment = environmentOf({ ...OTHER, secretKeyBase: "other-base-".repeat(12) });
    const { error } = await startWith(listed([await fingerprintsOfKeys()]), {
      environment,
      allowKeyChange: ["encryptionPrimaryKey"],
    });
    expect(error?.message).toContain("secretKeyBase");
    expect(error?.message).not.toContain("encryptionPrimaryKey");
  });

  it("gets new fingerprints with an allowed key, but only when it has started", async () => {
    const first = await fingerprintsOfKeys();
    const allowed = { environment: environmentOf(OTHER), allowKeyChange: ["encryptionPrimaryKey"] };
    const before = await startWith(listed([first]), allowed, "before");
    expect(written(before.docker)).toEqual([]);

    const second = await makeFingerprints(OTHER, "volumes", first);
    const after = await startWith(
      [listed([first]), listed([first]), listed([first, second])],
      allowed,
    );
    const [only] = written(after.docker);
    expect(await differences(only?.fingerprints as KeyFingerprints, OTHER)).toEqual([]);
    expect(after.said.join()).toContain("encryptionPrimaryKey changed as allowed");
    // The new one is there before the old one goes.
    expect(after.docker.calls().map(({ verb }) => verb)).toEqual([
      "volume ls",
      "volume ls",
      "volume create",
      "volume ls",
      "volume rm",
    ]);
    expect(after.docker.call("volume rm").args.slice(2)).toEqual([
      "--force",
      "lago-test_fingerprints-1",
    ]);
  });

  it("is judged by the newest fingerprints when a replacement was cut short", async () => {
    const first = await fingerprintsOfKeys();
    const second = await makeFingerprints(OTHER, "volumes", first);
    for (const all of [
      [first, second],
      [second, first],
    ]) {
      const { error } = await startWith(listed(all), { environment: environmentOf(OTHER) });
      expect(error).toBeUndefined();
    }
  });

  it("is refused by fingerprints of a later release instead of being taken to have none", async () => {
    const later = { ...(await fingerprintsOfKeys()), version: 2 } as unknown as KeyFingerprints;
    const { error } = await startWith(listed([later]));
    expect(error?.kind).toBe("ParseError");
  });
});
