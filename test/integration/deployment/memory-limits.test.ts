/** Memory limits that would reach no service. */
import { describe, expect, it } from "vitest";
import { effectiveSettings } from "../../../src/deployment/effective-settings.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SMALL } from "../../support/sample.ts";

const FILES = {
  ...SMALL,
  config: {
    stdout: JSON.stringify({
      services: {
        api: { image: "getlago/api:v1.50.0" },
        "api-worker": { image: "getlago/api:v1.50.0", command: ["./scripts/start.worker.sh"] },
        db: { image: "postgres:15", environment: { P: "${POSTGRES_PASSWORD:?set it}" } },
        portainer: { image: "portainer", profiles: ["tools"] },
      },
    }),
  },
};

const APII = {
  field: "memoryLimits.apii",
  message: "no such service. Did you mean memoryLimits.api? The services are api, api-worker, db",
};

/** Given, so that the limits are all there is to find. */
const environment = { POSTGRES_PASSWORD: "p", DATABASE_URL: "postgresql://a:b@db.example.com/l" };

describe("a memory limit of a service that there is none of", () => {
  it("is refused with the near name before anything is touched, beside what else is missing", async () => {
    const docker = useFakeDocker(FILES);
    const error = await errorOf(deploymentOf({ memoryLimits: { apii: "1g" } }).start());
    expect(error.kind).toBe("InvalidConfig");
    expect(error.issues).toEqual([{ field: "POSTGRES_PASSWORD", message: "set it" }, APII]);
    expect(docker.calls().map(({ verb }) => verb)).not.toContain("up");
  });

  it("is refused where settings are listed", async () => {
    useFakeDocker(FILES);
    const deployment = deploymentOf({ memoryLimits: { apii: "1g" } });
    expect((await errorOf(effectiveSettings(deployment))).issues).toEqual([APII]);
  });

  it("names the pool of workers that the service would belong to", async () => {
    useFakeDocker(FILES);
    const memoryLimits = { "api-events-worker": "1g", xylophone: "1g" };
    expect(await deploymentOf({ memoryLimits }).serviceFaults()).toEqual([
      {
        field: "memoryLimits.api-events-worker",
        message: "api-events-worker runs with the setting workers.events only: set that too",
      },
      {
        field: "memoryLimits.xylophone",
        message: "no such service. The services are api, api-worker, db",
      },
    ]);
  });
});

describe("a memory limit", () => {
  it.each([
    ["of a service that runs", { memoryLimits: { api: "1g" } }],
    ["of a profile that is off", { memoryLimits: { portainer: "1g" } }],
    ["of a database that is not needed", { memoryLimits: { db: "1g" }, environment }],
    [
      "of workers that are asked for",
      { memoryLimits: { "api-events-worker": "1g" }, workers: { events: {} } },
    ],
    ["of files that run as they are", { memoryLimits: { apii: "1g" }, isolated: false }],
  ])("%s is none of those", async (_, options) => {
    useFakeDocker(FILES);
    expect(await deploymentOf(options).serviceFaults()).toEqual([]);
  });
});
