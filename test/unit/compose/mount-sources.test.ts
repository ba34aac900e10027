import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { mountSources } from "../../../src/compose/mount-sources.ts";

const CONTEXT = {
  folder: "/srv/lago",
  home: "/home/ada",
  environment: { CERTS: "/etc/certs", PART: "conf" },
  unknown: [] as string[],
};

/** Sources of a service `front`, as compose prints its definition with variables not filled in. */
function sourcesOf(front: object, rest: object = {}, unknown: readonly string[] = []) {
  const model = parseComposeModel(JSON.stringify({ services: { front }, ...rest }));
  return mountSources(model, { ...CONTEXT, unknown }).map(
    ({ service, section, path, target, becomesFolder }) =>
      `${service} ${section} ${path} -> ${target} ${becomesFolder}`,
  );
}

const bind = (source: string, more: object = {}) => ({
  type: "bind",
  source,
  target: "/x",
  ...more,
});

describe("the host paths of a service's volumes", () => {
  it.each([
    ["in the long form", bind("/srv/lago/certs"), "/srv/lago/certs", undefined],
    [
      "that nothing makes",
      bind("/srv/certs", { bind: { create_host_path: false } }),
      "/srv/certs",
      false,
    ],
    [
      "in the short form",
      bind("/srv/lago/nginx.conf", { bind: { create_host_path: true } }),
      "/srv/lago/nginx.conf",
      true,
    ],
    [
      "by a variable with an absolute path, which compose takes for a relative one",
      bind("/srv/lago/${CERTS}/live"),
      "/etc/certs/live",
      undefined,
    ],
    [
      "by a variable with a relative path",
      bind("/srv/lago/${PART}/x"),
      "/srv/lago/conf/x",
      undefined,
    ],
    [
      "by a variable in the short form, which compose takes for a volume",
      { type: "volume", source: "${CERTS}/a", target: "/x" },
      "/etc/certs/a",
      true,
    ],
    ["in the home folder", bind("~/certs"), "/home/ada/certs", undefined],
  ])("are found %s", (_, volume, path, becomesFolder) => {
    expect(sourcesOf({ volumes: [volume] })).toEqual([
      `front volumes ${path} -> /x ${becomesFolder}`,
    ]);
  });

  it.each([
    ["a volume", { type: "volume", source: "data", target: "/x" }],
    ["a volume without a name", { type: "volume", target: "/x" }],
    ["memory", { type: "tmpfs", target: "/x" }],
    ["a path whose variable only the real run knows", bind("/srv/lago/${SECRET_PATH}/x")],
    ["a path that compose cut at a colon", { type: "volume", source: "${CERTS", target: "-/a}" }],
  ])("leave out %s", (_, volume) => {
    expect(sourcesOf({ volumes: [volume] }, {}, ["SECRET_PATH"])).toEqual([]);
  });

  it("are the folders that named volumes are bound to", () => {
    const volumes = [{ type: "volume", source: "data", target: "/x" }];
    const bound = { driver_opts: { type: "none", o: "bind", device: "/srv/data" } };
    expect(sourcesOf({ volumes }, { volumes: { data: bound } })).toEqual([
      "front volumes /srv/data -> /x false",
    ]);
    const shared = { driver_opts: { type: "nfs", o: "addr=10.0.0.9", device: ":/data" } };
    expect(sourcesOf({ volumes }, { volumes: { data: shared } })).toEqual([]);
  });
});

it("the files of secrets and configs that a service uses are host paths, which nothing makes", () => {
  const front = { secrets: [{ source: "key", target: "/run/secrets/key" }], configs: ["nginx"] };
  const files = {
    secrets: { key: { file: "/srv/lago/key.pem" }, unused: { file: "/srv/lago/no" } },
    configs: { nginx: { file: "/srv/lago/${PART}" }, made: { content: "x" } },
  };
  expect(sourcesOf(front, files)).toEqual([
    "front configs /srv/lago/conf -> /nginx false",
    "front secrets /srv/lago/key.pem -> /run/secrets/key false",
  ]);
});
