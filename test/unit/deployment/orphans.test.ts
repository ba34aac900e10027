import { describe, expect, it } from "vitest";
import type { ComposeModel } from "../../../src/compose/model.ts";
import { orphansOf } from "../../../src/deployment/orphans.ts";
import { type DeployStatus, ServiceStatus } from "../../../src/deployment/status.ts";

const model = {
  services: [{ name: "api" }, { name: "db" }],
  variables: [],
  requiredVariables: [],
} as unknown as ComposeModel;

const status = (...names: string[]): DeployStatus => ({
  running: true,
  ready: true,
  services: names.map((name) => [name, ServiceStatus.Running]),
  containers: [],
});

describe("services that are no longer declared", () => {
  it.each([
    ["none", ["api", "db"], [], false],
    ["workers of a setting", ["api", "api-events-worker"], ["api-events-worker"], true],
    ["somebody's own service", ["api", "traefik"], ["traefik"], false],
    ["both", ["api-pdfs-worker", "traefik"], ["api-pdfs-worker", "traefik"], false],
  ])("are found: %s", (_, running, services, removable) => {
    expect(orphansOf(model, status(...running))).toEqual({ services, removable });
  });
});
