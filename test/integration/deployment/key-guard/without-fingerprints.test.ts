import { describe, expect, it } from "vitest";
import { differences } from "../../../../src/keys/key-differences.ts";
import {
  type KeyFingerprints,
  makeFingerprints,
  withOrganization,
} from "../../../../src/keys/key-fingerprints.ts";
import { environmentOf, fingerprintsOfKeys, KEYS, listed } from "../../../unit/keys/sample.ts";
import { NOTHING, OTHER, startWith, written } from "./start-with.ts";

describe("a project without data", () => {
  it("gets fingerprints before anything starts, with the labels that bind them to the data", async () => {
    const { docker } = await startWith(NOTHING, {}, "before");
    const [only, ...more] = written(docker);
    expect(more).toEqual([]);
    expect(only?.name).toBe("lago-test_z-billing-lago-keys");
    expect(only?.args).toContain("com.docker.compose.project=lago-test");
    expect(only?.args).toContain("com.docker.compose.volume=z-billing-lago-keys");
    expect(only?.fingerprints).toMatchObject({ generation: 1, data: "volumes" });
    expect(await differences(only?.fingerprints as KeyFingerprints, KEYS)).toEqual([]);
  });

  it("has its data in its volumes where the database of the files has another name", async () => {
    const DATABASE_URL = `postgresql://lago:${KEYS.postgresPassword}@lago-db:5432/lago`;
    const options = {
      environment: { ...environmentOf(KEYS), DATABASE_URL },
      hosts: { database: "lago-db", redis: "redis" },
    };
    const { docker } = await startWith(NOTHING, options, "before");
    const [only] = written(docker);
    expect(only?.fingerprints.data).toBe("volumes");
    expect(only?.fingerprints.keys).toHaveProperty("postgresPassword");
  });

  it("gets new fingerprints when former ones outlived their data", async () => {
    const first = await fingerprintsOfKeys();
    const stale = listed([first], []);
    const second = await makeFingerprints(OTHER, "volumes", first);
    const { docker, error } = await startWith(
      [stale, stale, listed([first, second], [])],
      { environment: environmentOf(OTHER) },
      "before",
    );
    expect(error).toBeUndefined();
    const [only] = written(docker);
    expect(only?.name).toBe("lago-test_z-billing-lago-keys-2");
    expect(await differences(only?.fingerprints as KeyFingerprints, OTHER)).toEqual([]);
  });

  it("gets new fingerprints when former ones tell of an organization, which is gone too", async () => {
    const noted = withOrganization(await fingerprintsOfKeys());
    const { docker } = await startWith(listed([noted], []), {}, "before");
    const [only] = written(docker);
    expect(only?.fingerprints.generation).toBe(noted.generation + 1);
    expect(only?.fingerprints).not.toHaveProperty("organization");
  });

  it("keeps fingerprints that say the same", async () => {
    const { docker } = await startWith(listed([await fingerprintsOfKeys()], []), {}, "before");
    expect(written(docker)).toEqual([]);
  });

  it("is noted as one whose data Docker does not see when a start leaves no volumes", async () => {
    const { docker } = await startWith([
      NOTHING,
      NOTHING,
      listed([await fingerprintsOfKeys()], []),
    ]);
    expect(written(docker).map(({ fingerprints }) => fingerprints.data)).toEqual([
      "volumes",
      "elsewhere",
    ]);
  });

  it("loses against somebody who started the same project in the same moment", async () => {
    const theirs = await makeFingerprints(OTHER, "volumes");
    const { error } = await startWith([NOTHING, NOTHING, listed([theirs])], {}, "before");
    expect(error?.kind).toBe("KeysChanged");
  });
});

describe("a project with data and no key fingerprints", () => {
  it("is taken up when it has started, and says so", async () => {
    const before = await startWith(listed([]), {}, "before");
    expect(written(before.docker)).toEqual([]);
    const { docker, said } = await startWith(listed([]));
    expect(written(docker)).toHaveLength(1);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("made before its keys were noted");
  });
});

describe("a project with its database elsewhere", () => {
  const environment = {
    ...environmentOf(KEYS),
    DATABASE_URL: "postgresql://a:b@sql.example.com/l",
  };

  it("is guarded by the fingerprints alone, without the password of a database that is not used", async () => {
    const { docker } = await startWith(NOTHING, { environment }, "before");
    const fingerprints = written(docker)[0]?.fingerprints as KeyFingerprints;
    expect(fingerprints.data).toBe("elsewhere");
    expect(fingerprints.keys.postgresPassword).toBeUndefined();

    const changed = { ...environment, LAGO_ENCRYPTION_PRIMARY_KEY: "another" };
    const { error } = await startWith(listed([fingerprints], []), { environment: changed });
    expect(error?.message).toContain("encryptionPrimaryKey");
  });

  it("is noted as such when it moves there", async () => {
    const { docker } = await startWith(listed([await fingerprintsOfKeys()]), { environment });
    expect(written(docker).map(({ fingerprints }) => fingerprints.data)).toEqual(["elsewhere"]);
  });
});
