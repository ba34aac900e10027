import { describe, expect, it } from "vitest";
import { parseContainers } from "../../../src/docker/engine-api.ts";
import { foundMountsOf, foundVolumeOf } from "../../../src/observe/found-volumes.ts";

describe("a volume of an engine", () => {
  const labels = (project: string, key: string) => ({
    "com.docker.compose.project": project,
    "com.docker.compose.volume": key,
  });

  it("has project, key, driver and options", () => {
    const Options = { type: "tmpfs" };
    const found = foundVolumeOf({
      ...{ Name: "lago-a_pg", Driver: "local", Options, Labels: labels("lago-a", "pg") },
    });
    expect(found).toEqual({
      ...{ name: "lago-a_pg", project: "lago-a", key: "pg", holdsFingerprints: false },
      ...{ keysLabel: "", driver: "local", options: { type: "tmpfs" } },
    });
  });

  it("holds key fingerprints, as its key tells, in a label", () => {
    const key = "z-billing-lago-keys-2";
    const Labels = { ...labels("lago-a", key), "z-billing-lago.keys": "{}" };
    const found = foundVolumeOf({ Name: `lago-a_${key}`, Driver: "local", Labels });
    expect(found).toMatchObject({ holdsFingerprints: true, keysLabel: "{}" });
  });

  it("may have been made by hand", () => {
    expect(
      foundVolumeOf({ Name: "by-hand", Driver: "local", Options: null, Labels: null }),
    ).toEqual({
      ...{ name: "by-hand", project: "", key: "", holdsFingerprints: false, keysLabel: "" },
      ...{ driver: "local", options: {} },
    });
  });
});

describe("the mounts of a container", () => {
  const Labels = { "com.docker.compose.service": "db" };
  const pg = { Type: "volume", Name: "lago-a_pg", Destination: "/data" };
  const mountsOf = (labels: Record<string, string> | null, ...Mounts: (typeof pg)[]) => {
    const inspected = { Id: "1", State: {}, Config: { Labels: labels }, HostConfig: {}, Mounts };
    return parseContainers([inspected]).flatMap(foundMountsOf);
  };

  it("are the volumes that have a name", () => {
    const nameless = { Type: "volume", Name: "0123456789abcdef".repeat(4), Destination: "/x" };
    const bind = { Type: "bind", Name: "", Destination: "/srv" };
    const tmpfs = { Type: "tmpfs", Name: "", Destination: "/tmp" };
    expect(mountsOf(Labels, pg, nameless, bind, tmpfs)).toEqual([
      { service: "db", volume: "lago-a_pg", target: "/data" },
    ]);
  });

  it("count for services only", () => {
    const oneOff = { ...Labels, "com.docker.compose.oneoff": "True" };
    expect(mountsOf(oneOff, pg)).toEqual([]);
    expect(mountsOf(null, pg)).toEqual([]);
    expect(mountsOf(Labels)).toEqual([]);
  });
});
