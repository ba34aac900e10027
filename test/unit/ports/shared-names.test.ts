import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import type { NetworkMember } from "../../../src/observe/network-members.ts";
import { wantedNetworks } from "../../../src/ports/network-conflicts.ts";
import { sharedNames } from "../../../src/ports/shared-names.ts";

/** Files with a network `lago-net` of a fixed name, and one of the proxy that is external. */
function conflicts(services: object, members: readonly NetworkMember[]) {
  const networks = {
    default: { name: "lago-net" },
    proxy: { name: "proxy-net", external: true },
    inner: { name: "two_inner" },
  };
  const model = parseComposeModel(JSON.stringify({ services, networks }));
  return sharedNames(wantedNetworks("two", model, {}, []), model, members);
}

const api = { image: "getlago/api:v1.50.0", command: ["./scripts/start.api.sh"] };
const db = { image: "postgres:15" };
const redis = { image: "redis:7" };
const front = { image: "getlago/front:v1.50.0" };

const member = (service: string, more: Partial<NetworkMember> = {}): NetworkMember => ({
  ...{ network: "lago-net", project: "one", container: `one-${service}-1`, service },
  names: [`one-${service}-1`, service],
  ...more,
});

describe("a network that another project is on", () => {
  it("is refused where both have a database of one name, with project, container and way out", () => {
    expect(conflicts({ api, db }, [member("front"), member("db")])).toEqual([
      {
        field: "networks.default",
        message: expect.stringMatching(
          /^on the network lago-net the name db leads to container one-db-1 of project one too, .*; give .* a service name of its own .*run the same command again$/,
        ),
      },
    ]);
  });

  it.each<[string, object, NetworkMember[]]>([
    ["the cache", { api, redis }, [member("redis")]],
    [
      "an alias of our database",
      { api, "lago-db": { ...db, networks: { default: { aliases: ["db"] } } } },
      [member("db")],
    ],
    [
      "an alias of the other's database",
      { api, db },
      [member("store", { names: ["one-store-1", "db"] })],
    ],
    [
      "a container of no project",
      { api, db },
      [member("db", { project: undefined, service: undefined })],
    ],
    [
      "a network that only our back end is on",
      {
        api: { ...api, networks: { proxy: null, inner: null } },
        db: { ...db, networks: ["inner"] },
      },
      [member("db", { network: "proxy-net" })],
    ],
  ])("is refused where the name is that of %s", (_, services, members) => {
    expect(conflicts(services, members)).toHaveLength(1);
  });

  it.each<[string, object, NetworkMember[]]>([
    ["the names differ", { api, "lago-db": db }, [member("db")]],
    ["nobody else is there", { api, db }, []],
    ["only other services have one name", { api, db, front }, [member("api"), member("front")]],
    [
      "only our front is on the network",
      {
        api: { ...api, networks: ["inner"] },
        db: { ...db, networks: ["inner"] },
        front: { ...front, networks: ["proxy"] },
      },
      [member("db", { network: "proxy-net" })],
    ],
    [
      "the other database is on a network of its own",
      { api, db },
      [member("db", { network: "one_default" })],
    ],
  ])("is no fault where %s", (_, services, members) => {
    expect(conflicts(services, members)).toEqual([]);
  });
});
