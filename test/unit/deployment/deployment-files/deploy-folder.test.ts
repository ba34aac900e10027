/** Files in the manner of those in Lago's `deploy` folder, which no test of Lago's own names holds. */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runChecks } from "../../../../src/checks/index.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";
import { generateOverride } from "../../../../src/compose/override.ts";
import { withWorkers, workerToggles } from "../../../../src/compose/worker-services.ts";
import { withDerived } from "../../../../src/lago/config/derived.ts";
import { followsFromDomain, withDomainUrls } from "../../../../src/lago/config/domain.ts";
import type { WorkersSettings } from "../../../../src/lago/pools.ts";
import { otherClaims } from "../../../../src/ports/claims.ts";
import { DEPLOY_FILE, DEPLOY_FILE_SERVICES } from "../../../support/deploy-file.ts";

const MODEL = parseComposeModel(JSON.stringify(parse(DEPLOY_FILE, { merge: true })), ["all"]);

type Service = Record<string, unknown> & { environment?: Record<string, string> };

function override(variables: readonly string[] = [], workers: WorkersSettings = {}) {
  const model = withWorkers(MODEL, workers);
  const literals = workerToggles(workers, model, variables);
  const text = generateOverride(model, { variables, literals, startPeriodSeconds: 60 });
  return parse(text, { logLevel: "silent" }).services as Record<string, Service>;
}

it("has all its services", () => {
  expect(MODEL.services.map(({ name }) => name)).toEqual(DEPLOY_FILE_SERVICES);
});

describe("services under other names", () => {
  it("are known by what they run: databases are not published, clocks read what clocks do", () => {
    const services = override(["LAGO_DEDICATED_REFRESH_INTERVAL_SECONDS", "SIDEKIQ_CONCURRENCY"]);
    expect(services.postgres?.ports).toEqual([]);
    expect(services.clock?.environment).toHaveProperty("LAGO_DEDICATED_REFRESH_INTERVAL_SECONDS");
    expect(services.worker?.environment).toHaveProperty("SIDEKIQ_CONCURRENCY");
    expect(services.api?.environment).not.toHaveProperty("SIDEKIQ_CONCURRENCY");
  });

  it("are passed nothing where they are a proxy", () => {
    const services = override(["LAGO_DOMAIN", "PORTAINER_PASSWORD", "LAGO_LICENSE"]);
    expect(services.traefik).not.toHaveProperty("environment");
    expect(JSON.stringify(services)).not.toContain("PORTAINER_PASSWORD");
  });
});

describe("pools of workers that the file has", () => {
  it("get their jobs by the switch that the file forgets, from every back-end service", () => {
    const services = override();
    for (const name of ["api", "migrate", "worker", "clock", "billing-worker", "pdf-worker"]) {
      expect(services[name]?.environment).toEqual({
        SIDEKIQ_BILLING: "true",
        SIDEKIQ_PDFS: "true",
      });
    }
  });

  it("run the script that is meant, where the file names one that there is not", () => {
    expect(override()["pdf-worker"]?.command).toEqual(["./scripts/start.pdfs.worker.sh"]);
    expect(override()["billing-worker"]).not.toHaveProperty("command");
  });

  it("are left to a switch that is given", () => {
    const { api } = override(["SIDEKIQ_BILLING"]);
    expect(api?.environment?.SIDEKIQ_BILLING).toBe("${SIDEKIQ_BILLING:-}");
  });

  it("are what the setting counts, not a second pool beside them", () => {
    const services = override([], { billing: { count: 3 }, events: {} });
    expect(services["billing-worker"]).toMatchObject({ scale: 3 });
    // Taken back by a tag, which this reader passes over.
    expect(services["billing-worker"]?.container_name).toBe("null");
    expect(services).not.toHaveProperty("api-billing-worker");
    // The general worker is the pattern, whatever it is called.
    expect(services["api-events-worker"]?.command).toEqual(["./scripts/start.events.worker.sh"]);
    expect(services["api-events-worker"]).not.toHaveProperty("container_name");
  });
});

describe("the key that is made in a volume", () => {
  it("is the given one, by reference, and the file's own business where none is given", () => {
    const given = override(["LAGO_RSA_PRIVATE_KEY"])["rsa-keys"];
    expect(given?.environment).toEqual({ LAGO_RSA_PRIVATE_KEY: "${LAGO_RSA_PRIVATE_KEY}" });
    expect(given?.command).toMatchObject(["sh", "-c", expect.stringContaining("base64 -d")]);
    expect(override()["rsa-keys"]).not.toHaveProperty("command");
  });
});

describe("the domain", () => {
  const domain = { LAGO_DOMAIN: "lago.acme.com" };

  it("gives the addresses, unless others are given", () => {
    const own = { LAGO_API_URL: "https://api.acme.com" };
    const defaults = {
      LAGO_API_URL: "http://localhost:3000",
      LAGO_FRONT_URL: "http://localhost:80",
    };
    expect(withDomainUrls({ ...defaults, ...domain })).toMatchObject({
      LAGO_API_URL: "https://lago.acme.com/api",
      LAGO_FRONT_URL: "https://lago.acme.com",
    });
    const changed = withDomainUrls({ ...defaults, ...domain, ...own });
    expect(changed).toMatchObject({ ...own, LAGO_FRONT_URL: "https://lago.acme.com" });
    expect(followsFromDomain("LAGO_API_URL", changed)).toBe(false);
    expect(followsFromDomain("LAGO_FRONT_URL", changed)).toBe(true);
    expect(withDomainUrls(defaults)).toEqual(defaults);
  });

  it("is refused where no file knows it", () => {
    const judge = (model: typeof MODEL) =>
      runChecks({ variables: domain, model, source: "stack" }).map(({ unsafeName }) => unsafeName);
    expect(judge({ ...MODEL, variables: [] })).toContain("without-effect:LAGO_DOMAIN");
    expect(judge(MODEL)).not.toContain("without-effect:LAGO_DOMAIN");
  });
});

describe("the checks", () => {
  const idsOf = (release?: string) =>
    runChecks({
      variables: {
        ...workerToggles({}, MODEL),
        ...withDomainUrls({ LAGO_DOMAIN: "lago.acme.com" }),
      },
      model: MODEL,
      source: "stack",
      release,
    }).map(({ id, severity }) => `${severity} ${id}`);

  it("find no fault in what the override puts right", () => {
    const ids = idsOf();
    for (const id of ["worker-without-toggle", "toggle-without-worker", "worker-script"]) {
      expect(ids.join()).not.toContain(id);
    }
    expect(ids).toContain("warning api-url-path");
  });

  it("judge by the release that runs, and not by the one in the file", () => {
    const variables = { LAGO_DATABASE_LOCK_TIMEOUT: "5" };
    const judge = (release?: string) =>
      runChecks({ variables, model: MODEL, source: "stack", release }).map(({ id }) => id);
    expect(judge()).toContain("not-in-release");
    expect(judge("v1.50.0")).not.toContain("not-in-release");
  });

  it("blame nobody for what follows from the password that is made for an older release", () => {
    const variables = withDerived({ REDIS_PASSWORD: "x9rZ4tQ8wL2mK7vB" });
    const judge = (implied: readonly string[]) =>
      runChecks({ variables, model: MODEL, source: "stack", implied }).map((one) => one.unsafeName);
    expect(judge([])).toContain("not-in-release:LAGO_REDIS_CABLE_URL");
    expect(judge(["LAGO_REDIS_CABLE_URL"])).not.toContain("not-in-release:LAGO_REDIS_CABLE_URL");
  });
});

describe("ports of other services", () => {
  it("are claimed where they are TCP ports of the host", () => {
    expect(otherClaims(MODEL, { PROXY_PORT: "9443" })).toEqual([
      { field: "services.traefik.ports", address: "", port: 9443 },
    ]);
    expect(otherClaims(MODEL, {})).toMatchObject([{ port: 8443 }]);
  });
});
