import { describe, expect, it } from "vitest";
import {
  parseMounts,
  parseVolumeInspect,
  parseVolumeList,
} from "../../../src/observe/found-volumes.ts";
import { errorOf } from "../../support/sample.ts";

describe("a list of volumes", () => {
  it("tells project and key, and which one is a marker", () => {
    const text =
      "lago-a_pg\tlago-a\tpg\nlago-a_z-billing-lago-keys-2\tlago-a\tz-billing-lago-keys-2\nby-hand\t\t\n";
    expect(parseVolumeList(text)).toEqual([
      { name: "lago-a_pg", project: "lago-a", key: "pg", isMarker: false },
      {
        name: "lago-a_z-billing-lago-keys-2",
        project: "lago-a",
        key: "z-billing-lago-keys-2",
        isMarker: true,
      },
      { name: "by-hand", project: "", key: "", isMarker: false },
    ]);
    expect(parseVolumeList("")).toEqual([]);
  });
});

describe("inspected volumes", () => {
  it("have a driver and options", () => {
    const recorded = [
      { Name: "a", Driver: "local", Options: { type: "tmpfs" }, Scope: "local" },
      { Name: "b", Driver: "local", Options: null },
    ];
    expect([...parseVolumeInspect(JSON.stringify(recorded))]).toEqual([
      ["a", { driver: "local", options: { type: "tmpfs" } }],
      ["b", { driver: "local", options: {} }],
    ]);
  });

  it.each(["", "{}", "[{}]"])("of another form are an error: %j", async (text) => {
    const error = await errorOf((async () => parseVolumeInspect(text))());
    expect(error.kind).toBe("ParseError");
  });
});

describe("what containers mount", () => {
  const line = (labels: object | null, ...mounts: object[]) =>
    `${JSON.stringify({ labels, mounts })}\n`;
  const labels = { "com.docker.compose.service": "db" };
  const pg = { Type: "volume", Name: "lago-a_pg", Destination: "/data", Driver: "local" };

  it("is the volumes that have a name", () => {
    const nameless = { Type: "volume", Name: "0123456789abcdef".repeat(4), Destination: "/x" };
    const bind = { Type: "bind", Source: "/srv", Destination: "/srv" };
    const tmpfs = { Type: "tmpfs", Source: "", Destination: "/tmp" };
    expect(parseMounts(line(labels, pg, nameless, bind, tmpfs))).toEqual([
      { service: "db", volume: "lago-a_pg", target: "/data" },
    ]);
  });

  it("counts for services only", () => {
    const oneOff = { ...labels, "com.docker.compose.oneoff": "True" };
    expect(parseMounts(`${line(oneOff, pg)}${line(null, pg)}no json\n`)).toEqual([]);
  });
});
