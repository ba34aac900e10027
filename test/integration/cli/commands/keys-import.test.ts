import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFingerprints } from "../../../../src/keys/key-fingerprints.ts";
import { keysText } from "../../../../src/keys/saved-keys.ts";
import { GUARDED_KEY_NAMES as KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import {
  type Answer,
  useFakeDocker,
  useNoDocker,
} from "../../../../testing/scripted-docker/fake-docker.ts";
import { fileWith, onTerminal, runKeys, SAVED } from "../../../unit/cli/run-keys.ts";
import { fingerprintsOfKeys, KEYS, keysIn, listed } from "../../../unit/keys/sample.ts";

describe("keys import", () => {
  const importFrom = (saved: string, volumes: Answer = {}, exitCode = 0) => {
    useFakeDocker({ "volume ls": volumes });
    return runKeys(["import", "-s", "prod", "-i", fileWith(saved)], "", exitCode);
  };

  it("makes each key secret config, by standard input and never by an argument", async () => {
    const { calls, stdins, results, notes } = await importFrom(keysText(SAVED));
    expect(stdins).toEqual(KEY_NAMES.map((name) => KEYS[name]));
    expect(calls[0]).toBe("config set --secret secretKeyBase --stack prod --non-interactive");
    expect(calls[2]).toContain("--path environment.LAGO_ENCRYPTION_PRIMARY_KEY");
    expect(calls.every((call) => call.includes("--secret"))).toBe(true);
    expect(keysIn(JSON.stringify([calls, results, notes]))).toEqual([]);
    expect(notes.join()).toContain("Cannot tell whether the keys fit");
  });

  it("sets no Redis password, which a Redis of one's own would be sent", async () => {
    const { calls } = await importFrom(keysText(SAVED));
    expect(calls.join()).not.toContain("REDIS_PASSWORD");
  });

  it("says that the keys fit the data, and refuses others before anything is set", async () => {
    const right = await importFrom(keysText(SAVED), listed([await fingerprintsOfKeys()]));
    expect(right.notes.join()).toContain("The keys fit");

    const others = listed([await makeFingerprints({ ...KEYS, secretKeyBase: "other" }, "volumes")]);
    const wrong = await importFrom(keysText(SAVED), others);
    expect(wrong.error?.kind).toBe("KeysChanged");
    expect(wrong.error?.message).toContain("secretKeyBase");
    expect(keysIn(wrong.error?.message ?? "")).toEqual([]);
    expect(wrong.calls).toEqual([]);
  });

  it("works where there is no docker", async () => {
    useNoDocker();
    const { notes, calls } = await runKeys([
      "import",
      "-s",
      "prod",
      "-i",
      fileWith(keysText(SAVED)),
    ]);
    expect(notes.join()).toContain("there is no docker program");
    expect(calls).toHaveLength(KEY_NAMES.length);
  });

  it.each(["", "{}", "SECRET_KEY_BASE=x", keysText(SAVED).replace("primary-key", "").slice(0, -3)])(
    "refuses what is no saved keys, and shows nothing of it (%#)",
    async (text) => {
      const { error, calls } = await importFrom(text);
      expect(error?.kind).toBe("InvalidConfig");
      expect(keysIn(error?.message ?? "")).toEqual([]);
      expect(calls).toEqual([]);
    },
  );

  it("names what is missing", async () => {
    const { postgresPassword, ...keys } = KEYS;
    const { error } = await importFrom(JSON.stringify({ ...JSON.parse(keysText(SAVED)), keys }));
    expect(error?.message).toContain("keys.postgresPassword");
  });

  it("hides a key that pulumi prints when it fails", async () => {
    const { error, calls } = await importFrom(keysText(SAVED), {}, 1);
    expect(error?.kind).toBe("CommandFailed");
    expect(error?.message).toContain("[secret]");
    expect(keysIn(error?.message ?? "")).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it("asks for a file instead of waiting for one to be typed", async () => {
    onTerminal("stdin");
    const { error } = await runKeys(["import", "-s", "prod"]);
    expect(error?.message).toContain("--input");
  });

  it("says that a file cannot be read", async () => {
    const { error } = await runKeys([
      "import",
      "-s",
      "prod",
      "-i",
      join(tmpdir(), "zbl-test-none"),
    ]);
    expect(error?.kind).toBe("PathNotFound");
  });
});
