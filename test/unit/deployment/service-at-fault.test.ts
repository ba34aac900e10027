import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { serviceAtFault } from "../../../src/deployment/service-at-fault.ts";

const MODEL = parseComposeModel(
  JSON.stringify({
    services: {
      api: { image: "getlago/api:v1.50.0", logging: { driver: "loki" } },
      db: {
        image: "postgres:15",
        volumes: [{ type: "volume", source: "data", target: "/var/lib/postgresql/data" }],
      },
      front: {
        image: "getlago/front:v1.50.0",
        volumes: [{ type: "bind", source: "${CERTS}/live", target: "/etc/certs" }],
      },
      pdf: { image: "getlago/lago-gotenberg:7", container_name: "the-pdf", runtime: "gvisor" },
      worker: { image: "getlago/api:v1.50.0" },
    },
    volumes: { data: { name: "shop_data", external: true } },
  }),
);

const faultOf = (output: string) =>
  serviceAtFault(output, {
    name: "shop",
    services: MODEL.services,
    volumes: MODEL.volumes ?? [],
    environment: { CERTS: "/srv/certs" },
  });

/** Progress of compose that creates all containers at once. */
const ALL = ["api", "db", "front", "worker"]
  .map((name) => ` Container shop-${name}-1  Creating\n`)
  .join("");

describe("the service at fault", () => {
  it.each([
    ["whose container is made last", " Container shop-front-1  Creating\nodd", "front"],
    ["with a container name of its own", " Container the-pdf  Starting\nodd", "pdf"],
    [
      "whose container the message names",
      `${ALL}dependency failed to start: container shop-db-1 is unhealthy`,
      "db",
    ],
    [
      "that has the missing mount",
      `${ALL}bind source path does not exist: /srv/certs/live`,
      "front",
    ],
    ["that has the missing volume", 'external volume "shop_data" not found', "db"],
    [
      "that has the missing driver",
      `${ALL}error looking up logging plugin loki: plugin "loki" not found`,
      "api",
    ],
    ["that has the missing runtime", "unknown or invalid runtime name: gvisor", "pdf"],
    ["is left open where any could be meant", `${ALL}odd`, undefined],
    ["is left open where only a longer name is told", `${ALL}no /srv/certs/live-old`, undefined],
    ["is none where a network is at fault", "network proxy-net not found", undefined],
  ])("is the one %s", (_, output, expected) => {
    expect(faultOf(output)).toBe(expected);
  });
});
