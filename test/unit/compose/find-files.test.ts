import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findComposeFiles, requireFolder } from "../../../src/compose/find-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test é $x "));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(...names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(join(folder, name), "services: {}\n");
  }
}

function found(named?: readonly string[]): string[] {
  return findComposeFiles(folder, named).map((file) => relative(folder, file));
}

describe("requireFolder", () => {
  it("returns the absolute path", () => {
    expect(requireFolder(relative(process.cwd(), folder))).toBe(folder);
  });

  it.each([
    ["nothing", "missing", "does not exist"],
    ["a file", "file", "is no folder"],
  ])("names %s that is not a folder", (_, name, reason) => {
    put("file");
    const path = join(folder, name);
    expect(() => requireFolder(path)).toThrow(
      expect.objectContaining({ kind: "PathNotFound", message: expect.stringContaining(reason) }),
    );
    expect(() => requireFolder(path)).toThrow(path);
  });
});

describe("compose files that nobody named", () => {
  it.each(["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"])(
    "may be called %s",
    (name) => {
      put(name);
      expect(found()).toEqual([name]);
    },
  );

  it("are the first by compose's own order", () => {
    put("docker-compose.yaml", "docker-compose.yml", "compose.yml");
    expect(found()).toEqual(["compose.yml"]);
    put("compose.yaml");
    expect(found()).toEqual(["compose.yaml"]);
  });

  it.each([
    ["docker-compose.yml", "docker-compose.override.yml"],
    ["compose.yaml", "compose.override.yaml"],
    ["docker-compose.yml", "docker-compose.override.yaml"],
    ["docker-compose.yml", "compose.override.yml"],
    ["compose.yaml", "docker-compose.override.yaml"],
  ])("are %s with %s on top", (base, override) => {
    put(base, override);
    expect(found()).toEqual([base, override]);
  });

  it("have one override, the first by compose's own order", () => {
    put("docker-compose.yml", "docker-compose.override.yml", "docker-compose.override.yaml");
    expect(found()).toEqual(["docker-compose.yml", "docker-compose.override.yml"]);
    put("compose.override.yaml");
    expect(found()).toEqual(["docker-compose.yml", "compose.override.yaml"]);
    put("compose.override.yml");
    expect(found()).toEqual(["docker-compose.yml", "compose.override.yml"]);
  });

  it("are no folders", () => {
    mkdirSync(join(folder, "compose.yaml"));
    expect(() => found()).toThrow(expect.objectContaining({ kind: "ComposeFileNotFound" }));
    put("docker-compose.yml");
    expect(found()).toEqual(["docker-compose.yml"]);
  });

  it("are asked for by name and folder when there are none", () => {
    put("docker-compose.override.yml", "other.yml");
    expect(() => found()).toThrow(
      expect.objectContaining({
        kind: "ComposeFileNotFound",
        message: expect.stringContaining("docker-compose.yml"),
      }),
    );
    expect(() => found()).toThrow(folder);
  });
});

describe("compose files that were named", () => {
  it("are taken in the order given, from the folder or from anywhere", () => {
    put("b.yml", "a.yml");
    expect(found(["b.yml", join(folder, "a.yml")])).toEqual(["b.yml", "a.yml"]);
  });

  it("come without the override that compose would add by itself", () => {
    put("docker-compose.yml", "docker-compose.override.yml");
    expect(found(["docker-compose.yml"])).toEqual(["docker-compose.yml"]);
  });

  it("are each named when they are missing", () => {
    put("a.yml");
    const missing = () => found(["a.yml", "b.yml", "c.yml"]);
    expect(missing).toThrow(expect.objectContaining({ kind: "ComposeFileNotFound" }));
    expect(missing).toThrow(`${join(folder, "b.yml")}, ${join(folder, "c.yml")}`);
    expect(missing).not.toThrow(join(folder, "a.yml"));
  });
});
