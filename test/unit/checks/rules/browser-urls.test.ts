/** Addresses for browsers that only containers can look up. */
import { describe, expect, it } from "vitest";
import { type Judged, judge } from "../subject.ts";

const found = (change: Judged) => judge(change).filter(({ id }) => id === "url-names-service");
const fields = (change: Judged) =>
  found(change).map(({ severity, unsafeName }) => `${severity} ${unsafeName}`);

const API = "warning url-names-service:LAGO_API_URL";
const FRONT = "warning url-names-service:LAGO_FRONT_URL";

describe("an address that names a service", () => {
  it("is a warning where it is given, with the addresses to set", () => {
    const change = {
      variables: { LAGO_API_URL: "http://api:3000", LAGO_FRONT_URL: "http://front" },
    };
    expect(fields(change)).toEqual([API, FRONT]);
    expect(found(change)[0]).toMatchObject({
      reason: "names the service api, which only containers can look up: browsers do not find it",
      remedy:
        "set LAGO_API_URL to the address that browsers use, such as https://billing-api.example.com, or http://localhost:3000 where browser and Lago are on one machine",
    });
  });

  it("is a warning where it stands in the file, with its place", () => {
    const services = {
      front: { environment: { API_URL: "http://lago-api:3000" } },
      "lago-api": { like: "api", command: "./scripts/start.api.sh" },
    };
    expect(fields({ services })).toEqual([API]);
    expect(found({ services })[0]).toMatchObject({
      reason: expect.stringContaining("lago-api at services.front.environment.API_URL"),
      remedy: expect.stringMatching(/^write there the address that browsers use, such as https:/),
    });
  });

  it("is found in a worker, which writes it into e-mails", () => {
    const services = { worker: { environment: { LAGO_FRONT_URL: "http://front" } } };
    expect(found({ services })[0]?.reason).toContain("services.worker.environment.LAGO_FRONT_URL");
  });

  it("is found at the variable of a person's own", () => {
    const services = { api: { environment: { LAGO_API_URL: "${BILLING_URL}" } } };
    const change = { services, variables: { BILLING_URL: "http://API:3000" } };
    expect(fields(change)).toEqual(["warning url-names-service:BILLING_URL"]);
  });

  it.each([
    ["a container's name", { container_name: "lago-backend" }],
    ["a host name", { hostname: "lago-backend" }],
    ["an alias", { networks: { default: { aliases: ["lago-backend"] } } }],
  ])("is found by %s", (_what, names) => {
    const services = { api: { ports: ["127.0.0.1:3000:3000"], ...names } };
    const change = { services, variables: { LAGO_API_URL: "http://lago-backend:3000" } };
    expect(fields(change)).toContain(API);
  });

  it.each(["LAGO_OAUTH_PROXY_URL", "LAGO_SUPERSET_URL"])("is found in %s", (name) => {
    const services = {
      front: { environment: { [name]: "http://pdf:8080" } },
      pdf: { like: "redis" },
    };
    expect(fields({ services })).toEqual([`warning url-names-service:${name}`]);
  });

  it("is a setting in a deployment of ours", () => {
    const change = { variables: { LAGO_API_URL: "http://api:3000" }, source: "stack" as const };
    expect(found(change)).toMatchObject([{ field: "urls.api", severity: "warning" }]);
  });
});

describe("no such address is", () => {
  it.each([
    "https://billing-api.acme.com",
    "http://localhost:3000",
    "http://api.internal:3000",
    "http://lago:3000",
    "http://10.0.0.5:3000",
  ])("%s", (LAGO_API_URL) => {
    expect(found({ variables: { LAGO_API_URL } })).toEqual([]);
  });

  it("one between containers, nor an alias that has a domain", () => {
    const services = {
      api: {
        environment: { LAGO_PDF_URL: "http://pdf:3000", LAGO_API_URL: "${LAGO_API_URL}" },
        networks: { default: { aliases: ["billing-api.acme.com"] } },
      },
    };
    expect(found({ services })).toEqual([]);
  });
});
