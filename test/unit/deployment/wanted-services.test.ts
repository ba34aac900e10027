import { describe, expect, it } from "vitest";
import { deployStatus } from "../../../src/deployment/status.ts";
import type { WantedService } from "../../../src/deployment/wanted-services.ts";
import type { PsContainer } from "../../../src/docker/ps-container.ts";

const UP = { state: "running", health: "healthy" };
const DONE = { state: "exited", exitCode: 0 };

/** A container of a service, and the services that it waits for, as compose's label has them. */
function container(
  service: string,
  fields: Partial<PsContainer> = UP,
  dependsOn?: string,
): PsContainer {
  const labels = dependsOn === undefined ? {} : { "com.docker.compose.depends_on": dependsOn };
  const id = `${service}-id`;
  const made = { id, name: service, service, exitCode: 0, image: "", ports: [], labels };
  return { ...made, ...UP, ...fields };
}

const expected = (name: string, replicas = 1): WantedService => ({
  name,
  replicas,
  oneShot: name === "init",
});

const WAITS = "db:service_healthy:true,init:service_completed_successfully:false";

describe("a deployment is ready", () => {
  it.each<[string, PsContainer[]]>([
    ["when all services are healthy", [container("db"), container("api")]],
    ["when one has no health check", [container("db"), container("api", { health: "" })]],
    ["when a one-shot is done", [container("db"), container("api"), container("init", DONE)]],
  ])("%s", (_, containers) => {
    const services = ["api", "db", "init"].map((name) => expected(name));
    expect(deployStatus(containers, services).ready).toBe(true);
  });

  it.each<[string, PsContainer[]]>([
    ["when a service is missing", [container("db")]],
    ["when a service starts", [container("db"), container("api", { health: "starting" })]],
    ["when a service is unhealthy", [container("db"), container("api", { health: "unhealthy" })]],
    ["when a service has ended", [container("db"), container("api", DONE)]],
    ["when a service restarts", [container("db"), container("api", { state: "restarting" })]],
    [
      "when a one-shot failed",
      [container("db"), container("api"), container("init", { ...DONE, exitCode: 7 })],
    ],
    ["while a one-shot runs", [container("db"), container("api"), container("init")]],
    ["when nothing was deployed", []],
  ])("not %s", (_, containers) => {
    const services = ["api", "db", "init"].map((name) => expected(name));
    expect(deployStatus(containers, services).ready).toBe(false);
  });

  it("with all replicas, and not with some", () => {
    const two = [container("api"), container("api", { name: "api-2", health: "" })];
    expect(deployStatus(two, [expected("api", 2)]).ready).toBe(true);
    expect(deployStatus(two.slice(1), [expected("api", 2)]).ready).toBe(false);
    const one = [container("api"), container("api", { name: "api-2", ...DONE })];
    expect(deployStatus(one, [expected("api", 2)]).ready).toBe(false);
  });

  it("whatever runs beside the declared services", () => {
    const containers = [container("api"), container("extra", DONE)];
    expect(deployStatus(containers, [expected("api")]).ready).toBe(true);
  });

  it("of all services that containers know of, where nobody declares them", () => {
    const api = container("api", UP, WAITS);
    expect(deployStatus([api, container("db")]).ready).toBe(true);
    expect(deployStatus([api]).ready).toBe(false);
    expect(deployStatus([api, container("db"), container("pdf", DONE)]).ready).toBe(false);
  });
});

describe("the services of a status", () => {
  it("have those that are missing, but for one-shots, which a clean-up removes when they are done", () => {
    const services = ["api", "db", "init"].map((name) => expected(name));
    expect(deployStatus([container("db")], services).services).toEqual([
      ["api", "Missing"],
      ["db", "Running"],
    ]);
    expect(deployStatus([container("api", UP, WAITS)]).services).toEqual([
      ["api", "Running"],
      ["db", "Missing"],
    ]);
  });

  it("are completed one-shots and ended services", () => {
    const ended = ["api", "db", "init", "migrate"].map((name) =>
      container(name, DONE, name === "api" ? WAITS : undefined),
    );
    expect(deployStatus(ended).services).toEqual([
      ["api", "Stopped"],
      ["db", "Stopped"],
      ["init", "Completed"],
      ["migrate", "Completed"],
    ]);
    const failed = container("migrate", { ...DONE, exitCode: 1 });
    expect(deployStatus([failed]).services).toEqual([["migrate", "Stopped"]]);
  });

  it("have containers that were made and not started as created", () => {
    expect(deployStatus([container("api", { state: "created" })]).services).toEqual([
      ["api", "Created"],
    ]);
  });
});

it("numbers the containers of a service as compose does", () => {
  const second = container("api", { labels: { "com.docker.compose.container-number": "2" } });
  expect(deployStatus([second]).containers[0]?.index).toBe(2);
});
