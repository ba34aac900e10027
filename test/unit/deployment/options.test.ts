/** Options of a deployment that are not valid, by whichever door they come. */
import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { type ConfigIssue, DeployError } from "../../../src/errors.ts";
import { parseDeploymentSpec } from "../../../src/spec/spec.ts";
import { LAGO_PATH } from "../../support/sample.ts";

function issuesOf(work: () => unknown): readonly ConfigIssue[] {
  try {
    work();
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "InvalidConfig") {
      return error.issues;
    }
    throw error;
  }
  return [];
}

const DOORS: readonly [string, (options: object) => unknown][] = [
  ["the library", (options) => new LagoDeployment(LAGO_PATH, options as LagoDeploymentOptions)],
  ["a spec", (options) => parseDeploymentSpec({ projectName: "lago-test", ...options })],
];

const POOLS =
  "The pools are events, pdfs, billing, clock, webhook, payments, analytics, aiAgent, alerts, wallets";

describe.each(DOORS)("%s", (_, open) => {
  const faults = (options: object) => issuesOf(() => open(options));

  it("tells the pool that was meant, and all that there are", () => {
    expect(faults({ workers: { event: { count: 2 } } })).toEqual([
      {
        field: "workers.event",
        message: `no such pool of workers. Did you mean workers.events? ${POOLS}`,
      },
    ]);
    expect(faults({ workers: { xylophone: {} } })).toEqual([
      { field: "workers.xylophone", message: `no such pool of workers. ${POOLS}` },
    ]);
  });

  it("tells the setting of a pool that was meant", () => {
    expect(faults({ workers: { events: { cuont: 2 } } })).toEqual([
      {
        field: "workers.events.cuont",
        message:
          "no such setting. Did you mean workers.events.count? The settings are count, concurrency",
      },
    ]);
  });

  it.each<[object, string, string]>([
    [{ workers: { events: { count: "two" } } }, "workers.events.count", "from 1 to 100"],
    [{ workers: { events: { count: -1 } } }, "workers.events.count", "from 1 to 100"],
    [{ workers: { events: { count: 0.5 } } }, "workers.events.count", "from 1 to 100"],
    [{ workers: { pdfs: { concurrency: 1001 } } }, "workers.pdfs.concurrency", "from 1 to 1000"],
    [{ workers: { events: 2 } }, "workers.events", "such as { count: 2 }"],
    [{ workers: { events: null } }, "workers.events", "such as { count: 2 }"],
    [{ workers: "events" }, "workers", "such as { events: { count: 2 } }"],
    [{ workers: ["events"] }, "workers", "such as { events: { count: 2 } }"],
    [{ workers: null }, "workers", "such as { events: { count: 2 } }"],
    [{ ports: 3000 }, "ports", "such as { api: 3000, front: 8080 }"],
    [{ ports: { apii: 3000 } }, "ports.apii", "Did you mean ports.api?"],
    [{ memoryLimit: { api: "1g" } }, "memoryLimit", "no such setting. Did you mean memoryLimits?"],
    [{ memoryLimits: { api: "lots" } }, "memoryLimits.api", "expected a size such as 512m"],
    [{ memoryLimits: "1g" }, "memoryLimits", "such as { api: 1g }"],
    [{ profiles: "tools" }, "profiles", "expected a list"],
    [{ version: "newest" }, "version", "expected a release of Lago"],
    [{ pullPolicy: "sometimes" }, "pullPolicy", "missing, always, never"],
    [{ startTimeoutSeconds: "60" }, "startTimeoutSeconds", "expected a number"],
    [{ dockerHost: "ssh://a@b", dockerContext: "remote" }, "dockerHost", "beside dockerContext"],
  ])("refuses %j at %s", (options, field, message) => {
    expect(faults(options)).toEqual([{ field, message: expect.stringContaining(message) }]);
  });

  it("tells all faults at once", () => {
    const wrong = {
      workers: { event: {}, pdf: {}, billing: { count: 0, concurency: 1 } },
      memoryLimits: { api: "lots" },
      ports: { api: 0 },
      protekt: true,
      dockerHost: "http://x",
    };
    expect(
      faults(wrong)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(
      [
        "dockerHost",
        "memoryLimits.api",
        "ports.api",
        "protekt",
        "workers.billing.concurency",
        "workers.billing.count",
        "workers.event",
        "workers.pdf",
      ].sort(),
    );
  });
});

describe("the options of a deployment", () => {
  it("are taken as they are, whatever calls need beside them", () => {
    const environment = { LAGO_API_URL: "https://x" };
    const options: LagoDeploymentOptions = {
      projectName: "lago-test",
      environment,
      isolated: false,
      timeoutMs: 1000,
      signal: new AbortController().signal,
      onProgress: () => {},
      workers: { events: { count: 2 }, pdfs: undefined },
      ports: { api: "auto", front: undefined },
      profiles: undefined,
    };
    const deployment = new LagoDeployment(LAGO_PATH, options);
    expect(deployment.options).toEqual(options);
    expect(deployment.options.signal).toBe(options.signal);
    expect(deployment.environment).toEqual(environment);
  });

  it("have a release in the form that its images are named by", () => {
    const { options } = new LagoDeployment(LAGO_PATH, { version: "1.50.0" });
    expect(options.version).toBe("v1.50.0");
  });
});
