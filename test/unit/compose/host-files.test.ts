import { describe, expect, it } from "vitest";
import { parseHostFiles } from "../../../src/compose/host-files.ts";

/** As compose 2.26 prints it with `--no-path-resolution`. */
const CONFIG = {
  services: {
    api: {
      volumes: [
        { type: "bind", source: "./data", target: "/d" },
        { type: "bind", source: "../up", target: "/u" },
        { type: "bind", source: "~/home", target: "/h" },
        { type: "bind", source: "/etc/localtime", target: "/etc/localtime" },
        { type: "volume", source: "named", target: "/n" },
        { type: "volume", source: "bound", target: "/b" },
        { type: "volume", target: "/anonymous" },
        { type: "tmpfs", target: "/t" },
      ],
      configs: [{ source: "file" }, { source: "content" }],
      secrets: [{ source: "secret-file" }, { source: "secret-variable" }],
    },
    front: { volumes: null },
  },
  volumes: {
    named: {},
    bound: { driver: "local", driver_opts: { type: "none", o: "ro,bind", device: "./pg" } },
    unused: null,
  },
  configs: { file: { file: "./c.txt" }, content: { content: "x" } },
  secrets: { "secret-file": { file: "/run/s.txt" }, "secret-variable": { environment: "HOME" } },
};

describe("what services take of a host", () => {
  it("is told with the place and whether it starts from a folder of this machine", () => {
    const found = parseHostFiles(JSON.stringify(CONFIG));
    expect(
      found.map(({ service, by, path, isRelative }) => [service, by, path, isRelative]),
    ).toEqual([
      ["api", "volumes", "./data", true],
      ["api", "volumes", "../up", true],
      ["api", "volumes", "~/home", true],
      ["api", "volumes", "/etc/localtime", false],
      ["api", "volumes", "./pg", true],
      ["api", "configs", "./c.txt", true],
      ["api", "secrets", "/run/s.txt", false],
    ]);
  });

  it("is nothing in a project of named volumes, or of no services", () => {
    expect(parseHostFiles('{"services":{"api":{}}}')).toEqual([]);
    expect(parseHostFiles("{}")).toEqual([]);
  });

  it("is not guessed from another form, of which nothing is shown", () => {
    const read = () => parseHostFiles('{"services":"hunter2"}');
    expect(read).toThrow(/not of the expected form/);
    expect(read).not.toThrow(/hunter2/);
  });
});
