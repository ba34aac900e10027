import { describe, expect, it } from "vitest";
import { differences, type KeyMarker, makeMarker } from "../../../../src/keys/marker.ts";
import { environmentOf, KEYS, listed, markerOf } from "../../../unit/keys/sample.ts";
import { NOTHING, OTHER, startWith, written } from "./start-with.ts";

describe("a project without data", () => {
  it("is marked before anything starts, with the labels that bind the marker to the data", async () => {
    const { docker } = await startWith(NOTHING, {}, "before");
    const [only, ...more] = written(docker);
    expect(more).toEqual([]);
    expect(only?.name).toBe("lago-test_z-billing-lago-keys");
    expect(only?.args).toContain("com.docker.compose.project=lago-test");
    expect(only?.args).toContain("com.docker.compose.volume=z-billing-lago-keys");
    expect(only?.marker).toMatchObject({ generation: 1, data: "volumes" });
    expect(await differences(only?.marker as KeyMarker, KEYS)).toEqual([]);
  });

  it("is marked anew when a former marker outlived its data", async () => {
    const first = await markerOf();
    const stale = listed([first], []);
    const second = await makeMarker(OTHER, "volumes", first);
    const { docker, error } = await startWith(
      [stale, stale, listed([first, second], [])],
      { environment: environmentOf(OTHER) },
      "before",
    );
    expect(error).toBeUndefined();
    const [only] = written(docker);
    expect(only?.name).toBe("lago-test_z-billing-lago-keys-2");
    expect(await differences(only?.marker as KeyMarker, OTHER)).toEqual([]);
  });

  it("keeps a marker that says the same", async () => {
    const { docker } = await startWith(listed([await markerOf()], []), {}, "before");
    expect(written(docker)).toEqual([]);
  });

  it("is marked as one whose data Docker does not see when a start leaves no volumes", async () => {
    const { docker } = await startWith([NOTHING, NOTHING, listed([await markerOf()], [])]);
    expect(written(docker).map(({ marker }) => marker.data)).toEqual(["volumes", "elsewhere"]);
  });

  it("loses against somebody who started the same project in the same moment", async () => {
    const theirs = await makeMarker(OTHER, "volumes");
    const { error } = await startWith([NOTHING, NOTHING, listed([theirs])], {}, "before");
    expect(error?.kind).toBe("KeysChanged");
  });
});

describe("a project with data and no marker", () => {
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

  it("is guarded by the marker alone, without the password of a database that is not used", async () => {
    const { docker } = await startWith(NOTHING, { environment }, "before");
    const marker = written(docker)[0]?.marker as KeyMarker;
    expect(marker.data).toBe("elsewhere");
    expect(marker.keys.postgresPassword).toBeUndefined();

    const changed = { ...environment, LAGO_ENCRYPTION_PRIMARY_KEY: "another" };
    const { error } = await startWith(listed([marker], []), { environment: changed });
    expect(error?.message).toContain("encryptionPrimaryKey");
  });

  it("is noted as such when it moves there", async () => {
    const { docker } = await startWith(listed([await markerOf()]), { environment });
    expect(written(docker).map(({ marker }) => marker.data)).toEqual(["elsewhere"]);
  });
});
