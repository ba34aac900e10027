import { describe, expect, it } from "vitest";
import { differences, type KeyMarker, makeMarker } from "../../../../src/keys/marker.ts";
import { GUARDED_KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import { environmentOf, KEYS, keysIn, listed, markerOf } from "../../../unit/keys/sample.ts";
import { OTHER, startWith, written } from "./start-with.ts";

describe("a project with data and a marker", () => {
  it("starts with the same keys, and nothing is written", async () => {
    const { docker, error, said } = await startWith(listed([await markerOf()]));
    expect(error).toBeUndefined();
    expect(said).toEqual([]);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["volume ls"]);
  });

  it("is refused with another key, which is named, before docker is told anything", async () => {
    const { docker, error } = await startWith(listed([await markerOf()]), {
      environment: environmentOf(OTHER),
    });
    expect(error?.kind).toBe("KeysChanged");
    expect(error?.message).toContain("encryptionPrimaryKey");
    expect(error?.message).not.toContain("secretKeyBase");
    expect(keysIn(error?.message ?? "", OTHER)).toEqual([]);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["volume ls"]);
  });

  it("is refused without keys, which would let the compose file's defaults in", async () => {
    const { error } = await startWith(listed([await markerOf()]), { environment: {} });
    for (const name of GUARDED_KEY_NAMES) {
      expect(error?.message).toContain(`${name} (`);
    }
    expect(error?.message).not.toContain("redisPassword");
  });

  it("starts with another Redis password, which loses nothing, and is marked with it", async () => {
    const environment = environmentOf({ ...KEYS, redisPassword: "another-of-redis" });
    const started = await startWith(listed([await markerOf()]), { environment });
    expect(started.error).toBeUndefined();
    expect(written(started.docker)).toHaveLength(1);
  });

  it("is refused for what is not allowed although something else is", async () => {
    const environment = environmentOf({ ...OTHER, secretKeyBase: "other-base-".repeat(12) });
    const { error } = await startWith(listed([await markerOf()]), {
      environment,
      allowKeyChange: ["encryptionPrimaryKey"],
    });
    expect(error?.message).toContain("secretKeyBase");
    expect(error?.message).not.toContain("encryptionPrimaryKey");
  });

  it("is marked anew with an allowed key, but only when it has started", async () => {
    const first = await markerOf();
    const allowed = { environment: environmentOf(OTHER), allowKeyChange: ["encryptionPrimaryKey"] };
    const before = await startWith(listed([first]), allowed, "before");
    expect(written(before.docker)).toEqual([]);

    const second = await makeMarker(OTHER, "volumes", first);
    const after = await startWith(
      [listed([first]), listed([first]), listed([first, second])],
      allowed,
    );
    const [only] = written(after.docker);
    expect(await differences(only?.marker as KeyMarker, OTHER)).toEqual([]);
    expect(after.said.join()).toContain("encryptionPrimaryKey changed as allowed");
    // The new one is there before the old one goes.
    expect(after.docker.calls().map(({ verb }) => verb)).toEqual([
      "volume ls",
      "volume ls",
      "volume create",
      "volume ls",
      "volume rm",
    ]);
    expect(after.docker.call("volume rm").args.slice(2)).toEqual(["--force", "lago-test_marker-1"]);
  });

  it("is judged by the newest marker when a replacement was cut short", async () => {
    const first = await markerOf();
    const second = await makeMarker(OTHER, "volumes", first);
    for (const markers of [
      [first, second],
      [second, first],
    ]) {
      const { error } = await startWith(listed(markers), { environment: environmentOf(OTHER) });
      expect(error).toBeUndefined();
    }
  });

  it("is refused by a marker of a later release instead of being taken for unmarked", async () => {
    const later = { ...(await markerOf()), version: 2 } as unknown as KeyMarker;
    const { error } = await startWith(listed([later]));
    expect(error?.kind).toBe("ParseError");
  });
});
