import { describe, expect, it } from "vitest";
import { roleOfContainer } from "../../../src/compose/container-role.ts";
import { containerSchema } from "../../../src/docker/engine-container.ts";

const container = (config: object) =>
  containerSchema.parse({ Id: "id", State: {}, Config: config, HostConfig: {} });

describe("the role of a container", () => {
  it.each([
    ["its image", { Image: "getlago/front:v1.50.0" }, "front"],
    ["its command", { Image: "acme/billing", Cmd: ["./scripts/start.worker.sh"] }, "worker"],
    ["its entry point", { Image: "acme/billing", Entrypoint: ["./scripts/start.api.sh"] }, "api"],
    ["its health check", { Image: "acme/sql", Healthcheck: { Test: ["CMD", "pg_isready"] } }, "db"],
    ["nothing", { Image: "acme/billing", Cmd: ["serve"] }, undefined],
  ])("is told by %s", (_, config, role) => {
    expect(roleOfContainer(container(config))).toBe(role);
  });
});
