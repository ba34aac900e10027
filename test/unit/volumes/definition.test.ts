import { describe, expect, it } from "vitest";
import { issuesOf, stopped, VOLUMES, volume } from "./sample.ts";

const { rd } = VOLUMES;

/** Judges the definition of one volume against the one that is there. */
function judge(definition: object, existing: Parameters<typeof volume>[1], environment = {}) {
  const volumes = { rd, pg: { name: "lago-test_pg", ...definition } };
  return issuesOf({ volumes, environment }, stopped([volume("pg", existing), volume("rd")]));
}

describe("a volume that is there", () => {
  it.each<[string, object, Parameters<typeof volume>[1]]>([
    ["as a plain one", {}, {}],
    ["with the driver spelled out", { driver: "local" }, {}],
    ["with the engine's tag on the driver", { driver: "x/nfs" }, { driver: "x/nfs:latest" }],
    [
      "with the same options",
      { driver_opts: { type: "nfs", size: 3 } },
      { options: { type: "nfs", size: "3" } },
    ],
    ["of another definition, by hand", { driver: "nfs" }, { project: "", key: "" }],
  ])("passes %s", (_, definition, existing) => {
    expect(judge(definition, existing)).toEqual([]);
  });

  it("is refused with another driver, and both are named with the way out", () => {
    const [only, ...more] = judge({ driver: "nfs" }, {});
    expect(more).toEqual([]);
    expect(only?.field).toBe("volumes.pg");
    expect(only?.message).toContain(
      "the volume lago-test_pg is there with driver local, and the compose files now say driver nfs; Docker cannot change a volume",
    );
    expect(only?.message).toContain("Set the files back");
    expect(only?.message).toContain("`docker volume rm lago-test_pg`");
  });

  it("is refused with an option more, less or other", () => {
    const options = { device: "/srv/a", type: "none" };
    const [only] = judge({ driver_opts: { device: "/srv/b", o: "bind" } }, { options });
    expect(only?.message).toContain(
      'with driver_opts.device "/srv/a", driver_opts.o none, driver_opts.type "none", and',
    );
    expect(only?.message).toContain(
      'say driver_opts.device "/srv/b", driver_opts.o "bind", driver_opts.type none;',
    );
  });

  it("is not refused for what somebody else has to look after", () => {
    expect(judge({ driver: "nfs", external: true }, {})).toEqual([]);
  });

  it("is refused when it belongs to another project", () => {
    const [only] = judge({}, { project: "lago-other" });
    expect(only?.message).toContain("the volume lago-test_pg belongs to project lago-other");
    expect(judge({ external: true }, { project: "lago-other" })).toEqual([]);
  });

  it("has its variables filled in", () => {
    const definition = { driver_opts: { device: "${DEVICE:-/srv/a}" } };
    expect(judge(definition, { options: { device: "/srv/a" } })).toEqual([]);
    expect(judge(definition, { options: { device: "/srv/a" } }, { DEVICE: "/srv/b" })).toHaveLength(
      1,
    );
  });

  it.each<[string, object, Record<string, string>]>([
    ["that a variable gives", { o: "${SHARE_OPTIONS}" }, { o: "username=x,pwd=hunter2" }],
    [
      "that stands in the files",
      { o: "username=x,password=hunter2-new" },
      { o: "username=x,password=hunter2" },
    ],
    ["by its name", { credentials: "hunter2-new" }, { credentials: "hunter2" }],
    ["that is gone from the files", {}, { secret: "hunter2" }],
  ])("shows no secret %s", (_, driver_opts, options) => {
    const [only] = judge({ driver_opts }, { options }, { SHARE_OPTIONS: "password=hunter2-new" });
    expect(only?.message).toContain("(not shown)");
    expect(only?.message).not.toContain("hunter2");
  });
});
