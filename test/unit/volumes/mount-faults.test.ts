import { describe, expect, it } from "vitest";
import type { MountSource } from "../../../src/compose/mount-sources.ts";
import type { PathKind } from "../../../src/observe/host-paths.ts";
import { foldersForFiles, missingSources } from "../../../src/volumes/mount-faults.ts";

const source = (path: string, target: string, becomesFolder: boolean | undefined): MountSource => ({
  ...{ service: "front", section: "volumes", path, target, becomesFolder },
});

const at = (path: string, kind: PathKind) => new Map([[path, kind]]);

describe("a source that is missing", () => {
  const fieldsFor = (becomesFolder: boolean | undefined, kind: PathKind, compose: string) =>
    missingSources(
      [source("/srv/certs", "/x", becomesFolder)],
      at("/srv/certs", kind),
      compose,
    ).map(({ field }) => field);

  it.each<[string, boolean | undefined, PathKind, string, number]>([
    ["that nothing makes, is a fault", false, "missing", "5.6.0", 1],
    ["that docker makes, is none", true, "missing", "2.26.1", 0],
    ["that an older compose does not make unasked, is a fault", undefined, "missing", "2.26.1", 1],
    ["that a newer compose makes, is none", undefined, "missing", "5.6.0", 0],
    ["in no way, is none", false, "folder", "2.26.1", 0],
  ])("%s", (_, becomesFolder, kind, compose, count) => {
    expect(fieldsFor(becomesFolder, kind, compose)).toEqual(
      Array(count).fill("services.front.volumes"),
    );
  });

  it("is named with its path and the next step", () => {
    const [fault] = missingSources(
      [source("/srv/c", "/x", false)],
      at("/srv/c", "missing"),
      "5.6.0",
    );
    expect(fault?.message).toMatch(/^mounts \/srv\/c, which is not there; .*run the same command/);
  });
});

describe("a file that would be a folder", () => {
  it.each<[string, string, PathKind, boolean]>([
    ["/srv/nginx.conf", "/etc/nginx/nginx.conf", "missing", true],
    ["/srv/nginx.conf", "/etc/nginx/nginx.conf", "folder", true],
    ["/srv/nginx.conf", "/etc/nginx/nginx.conf", "file", false],
    ["/srv/conf.d", "/etc/nginx/conf.d", "missing", false],
    ["/srv/data.old", "/var/lib/data", "missing", false],
    ["/srv/.hidden", "/x/.hidden", "missing", false],
  ])("%s at %s that is %s: %s", (path, target, kind, expected) => {
    expect(foldersForFiles([source(path, target, true)], at(path, kind))).toHaveLength(
      expected ? 1 : 0,
    );
  });

  it("is none where docker refuses the mount", () => {
    const mounts = [source("/srv/a.pem", "/b.pem", false)];
    expect(foldersForFiles(mounts, at("/srv/a.pem", "missing"))).toEqual([]);
  });
});
