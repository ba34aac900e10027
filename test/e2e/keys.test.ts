/** Keys that last: data is never started with other keys than it was made with, unless told to. */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KeyFingerprintStore } from "../../src/deployment/key-fingerprint-store.ts";
import { DEFAULT_ENGINE } from "../../src/docker/endpoint-settings.ts";
import { makeFingerprints } from "../../src/keys/key-fingerprints.ts";
import { GUARDED_KEY_NAMES, type KeyName } from "../../src/lago/lago-keys.ts";
import {
  containerId,
  containersOf,
  docker,
  environmentOf,
  sql,
  volumesOf,
} from "../../testing/docker.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../testing/stack.ts";
import { expectNoSecret } from "./support/secrets.ts";

const PRIMARY = "environment.LAGO_ENCRYPTION_PRIMARY_KEY";
const OTHER_KEY = "zblTestAnotherKeyOf32Characters00";
const ORGANISATION = "zbl-test organisation";

let lago: TestStack;
let keyFile: string;

beforeAll(async () => {
  lago = await createTestStack({}, { small: true });
  keyFile = join(lago.workspace.folder, "keys.json");
});

afterAll(async () => {
  await lago?.dispose();
});

const insideApi = () => environmentOf(lago.project, "api");
const organisation = () => sql(lago.project, "SELECT name FROM zbl_test_organisations");
const savedKeys = async () =>
  (JSON.parse(await readFile(keyFile, "utf8")) as { keys: Record<KeyName, string> }).keys;
const fingerprintVolumes = async () =>
  (await volumesOf(lago.project)).filter((name) => name.includes("z-billing-lago-keys"));

describe("the keys of a deployment", () => {
  it("have fingerprints beside the data, and are saved to a file that only its owner may read", async () => {
    await lago.mustUp();
    await sql(
      lago.project,
      `CREATE TABLE zbl_test_organisations AS SELECT '${ORGANISATION}' AS name`,
    );

    must(await lago.cli(["keys", "export", "--stack", lago.stack, "--output", keyFile]));

    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const inside = await insideApi();
    const keys = await savedKeys();
    expect(keys.secretKeyBase).toBe(inside.SECRET_KEY_BASE);
    expect(keys.encryptionPrimaryKey).toBe(inside.LAGO_ENCRYPTION_PRIMARY_KEY);
    expect(inside.DATABASE_URL).toContain(keys.postgresPassword);
    expect(inside.REDIS_PASSWORD).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(keys).not.toHaveProperty("redisPassword");
    const redis = await containerId(lago.project, "redis");
    expect(await docker("exec", redis, "redis-cli", "ping")).toBe("PONG");
    expect(await docker("exec", "--env", "REDISCLI_AUTH=", redis, "redis-cli", "ping")).toContain(
      "NOAUTH",
    );
    const fingerprints = await docker("volume", "inspect", ...(await fingerprintVolumes()));
    for (const value of Object.values(keys)) {
      expect(fingerprints).not.toContain(value);
    }
    const again = await lago.cli(["keys", "export", "--stack", lago.stack, "--output", keyFile]);
    expect(again.exitCode).toBe(10);
    expect(await savedKeys()).toEqual(keys);
  });

  it("are missed in preview when a stack without them meets the data, which stays as it is", async () => {
    const volumes = await volumesOf(lago.project);
    const destroyed = must(await lago.destroy());
    expect(wordsOf(destroyed)).toContain("Keep its keys too");
    expect(await volumesOf(lago.project)).toEqual(volumes);

    for (const refused of [await lago.preview(), await lago.up()]) {
      const said = wordsOf(refused);
      expect(refused.exitCode).not.toBe(0);
      expect(said).toContain("KeysChanged");
      for (const name of GUARDED_KEY_NAMES) {
        expect(said).toContain(name);
      }
      expect(said).toContain(`zbl set ${lago.stack} ${PRIMARY}`);
      expect(said).toContain("Nothing was touched");
    }
    expect(await volumesOf(lago.project)).toEqual(volumes);
    expect(await containersOf(lago.project)).toEqual(new Map());
  });

  it("are given back by keys import, and the data is there again", async () => {
    const wrong = JSON.parse(await readFile(keyFile, "utf8"));
    wrong.keys.postgresPassword = OTHER_KEY;
    const refused = await lago.cli(["keys", "import", "--stack", lago.stack], {
      stdin: JSON.stringify(wrong),
    });
    expect(refused.exitCode).toBe(42);
    expect(refused.stderr).toContain("postgresPassword");
    expect(refused.stderr).not.toContain(OTHER_KEY);

    const text = await readFile(keyFile, "utf8");
    const given = must(await lago.cli(["keys", "import", "--stack", lago.stack], { stdin: text }));
    expect(given.stderr).toContain("The keys fit the data");

    await lago.mustUp();
    expect(await organisation()).toBe(ORGANISATION);
    must(await lago.preview("--expect-no-changes"));
    await expectNoSecret(lago, await insideApi());
  });

  it("are refused one by one when they change, in preview and on the command line", async () => {
    const before = await containerId(lago.project, "api");
    await lago.set(PRIMARY, OTHER_KEY, { secret: true });
    const preview = await lago.preview();
    const said = wordsOf(preview);
    expect(preview.exitCode).not.toBe(0);
    expect(said).toContain(
      "encryptionPrimaryKey (LAGO_ENCRYPTION_PRIMARY_KEY) differs from the one",
    );
    expect(said).toContain("can never be read again");
    expect(said).not.toContain("secretKeyBase (");
    expect(said).not.toContain(OTHER_KEY);

    const keys = await savedKeys();
    const environment = {
      POSTGRES_PASSWORD: keys.postgresPassword,
      SECRET_KEY_BASE: keys.secretKeyBase,
      LAGO_RSA_PRIVATE_KEY: keys.rsaPrivateKey,
      LAGO_ENCRYPTION_PRIMARY_KEY: OTHER_KEY,
      LAGO_ENCRYPTION_DETERMINISTIC_KEY: keys.encryptionDeterministicKey,
      LAGO_ENCRYPTION_KEY_DERIVATION_SALT: keys.encryptionKeyDerivationSalt,
    };
    const envFile = join(lago.workspace.folder, "lago.env");
    await writeFile(
      envFile,
      Object.entries(environment)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
      { mode: 0o600 },
    );
    const path = join(lago.checkout, "lago");
    const names = ["--project", lago.project, "--path", path];
    const up = await lago.cli(["up", ...names, "--env-file", envFile]);
    expect(up.exitCode).toBe(42);
    expect(up.stderr).toContain("encryptionPrimaryKey");
    expect(up.stderr).not.toContain(OTHER_KEY);
    expect(await containerId(lago.project, "api")).toBe(before);
  });

  it("change when they are named, and the new ones are guarded from then on", async () => {
    await lago.set("allowKeyChange[0]", "encryptionPrimaryKey");
    await lago.mustUp();
    const inside = await insideApi();
    expect(inside.LAGO_ENCRYPTION_PRIMARY_KEY).toBe(OTHER_KEY);
    expect(await fingerprintVolumes()).toHaveLength(1);

    must(await lago.pulumi(["config", "rm", "allowKeyChange"]));
    must(await lago.preview());
    await lago.set(PRIMARY, (await savedKeys()).encryptionPrimaryKey, { secret: true });
    expect(wordsOf(await lago.preview())).toContain("encryptionPrimaryKey");
    await lago.set(PRIMARY, OTHER_KEY, { secret: true });
  });

  it("are taken up with data from before they had fingerprints, by a stack that has lost its state", async () => {
    must(await lago.pulumi(["stack", "rm", "--force", "--yes", "--preserve-config"]));
    must(await lago.workspace.pulumi(["stack", "init", lago.stack]));
    await docker("volume", "rm", ...(await fingerprintVolumes()));

    expect(wordsOf(await lago.mustUp())).toContain("made before its keys were noted");

    expect(await fingerprintVolumes()).toHaveLength(1);
    expect(await organisation()).toBe(ORGANISATION);
  });

  it("are missed in preview by a stack whose state is not the one of the data", async () => {
    must(await lago.pulumi(["config", "rm", "secretKeyBase"]));
    must(await lago.preview());
    const [volume = ""] = await fingerprintVolumes();
    const label = `{{index .Labels "z-billing-lago.keys"}}`;
    const fingerprints = JSON.parse(await docker("volume", "inspect", volume, "--format", label));
    await new KeyFingerprintStore(lago.project, DEFAULT_ENGINE).write(
      await makeFingerprints({ secretKeyBase: OTHER_KEY }, "volumes", fingerprints),
    );

    const preview = await lago.preview();
    expect(preview.exitCode).not.toBe(0);
    expect(wordsOf(preview)).toContain("secretKeyBase (SECRET_KEY_BASE) differs from the one");
    must(await lago.pulumi(["refresh", "--yes", "--skip-preview"]));
  });

  it("are forgotten together with the data", async () => {
    await lago.set("removeVolumesOnDestroy", lago.project);
    await lago.set("allowKeyChange[0]", "secretKeyBase");
    await lago.mustUp();
    must(await lago.destroy());
    expect(await volumesOf(lago.project)).toEqual([]);
  });
});
