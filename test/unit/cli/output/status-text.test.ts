import { describe, expect, it } from "vitest";
import { screenOf } from "../../../../src/cli/output/screen.ts";
import { statusText } from "../../../../src/cli/output/status-text.ts";
import { deployStatus } from "../../../../src/deployment/status.ts";
import type { PsContainer } from "../../../../src/docker/ps-container.ts";

const container = (service: string, more: Partial<PsContainer> = {}): PsContainer => ({
  id: `${service}-${more.name ?? 1}`,
  name: `lago-dev-${service}-1`,
  service,
  state: "running",
  health: "healthy",
  exitCode: 0,
  image: "getlago/api:v1.50.0",
  labels: {},
  ports: [],
  ...more,
});
const port = (hostPort: number) => ({
  address: "127.0.0.1",
  hostPort,
  containerPort: 3000,
  protocol: "tcp",
});

const STATUS = deployStatus([
  container("api", { ports: [port(27300)] }),
  container("api-events-worker", { name: "1", health: "" }),
  container("api-events-worker", {
    name: "2",
    health: "",
    labels: { "com.docker.compose.container-number": "2" },
  }),
  container("db", { image: "registry.example.com:5000/getlago/postgres-partman:15.0-alpine" }),
  container("migrate", { state: "exited", health: "" }),
]);

const at = (columns: number, environment = { NO_COLOR: "1", LANG: "C.UTF-8" }) =>
  statusText(
    "lago-dev",
    STATUS,
    screenOf({ isTTY: true, columns, write: () => true }, environment),
  );
const rows = (columns: number) => at(columns).split("\n").slice(1);

describe("a status on a narrow screen", () => {
  it("is as it is where there is room", () => {
    expect(rows(140)[0]).toMatch(/127\.0\.0\.1:27300->3000 {2}getlago\/api:v1\.50\.0$/);
    expect(rows(140)[3]).toContain(
      "registry.example.com:5000/getlago/postgres-partman:15.0-alpine",
    );
  });

  it("leaves out registry and organization first, then the address, never the port", () => {
    expect(rows(100)[0]).toMatch(/ 127\.0\.0\.1:27300->3000 {2}api:v1\.50\.0$/);
    expect(rows(86)[0]).toMatch(/ 27300->3000 {2}api:v1\.50\.0$/);
    expect(rows(70)[0]).toMatch(/ healthy +27300 {2}api:v1\.50\.0$/);
    expect(rows(60)[0]).toMatch(/ healthy +27300 +api:v1/);
    for (let columns = 50; columns < 140; columns += 1) {
      expect(at(columns), String(columns)).toMatch(/\b27300\b/);
      expect(
        Math.max(
          ...at(columns)
            .split("\n")
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(columns);
    }
  });

  it("shows no half of a port", () => {
    for (let columns = 10; columns < 50; columns += 1) {
      expect(at(columns)).not.toMatch(/\b2(7|73|730)(?!\d)/);
    }
  });
});

describe("a status", () => {
  it("numbers the containers of a service that has several, as exec --index does", () => {
    expect(rows(140).map((row) => row.split(/ {2,}/)[0])).toEqual([
      "api",
      "api-events-worker #1",
      "api-events-worker #2",
      "db",
      "migrate",
    ]);
  });

  it("colors no dash", () => {
    const colored = at(140, { FORCE_COLOR: "1", LANG: "C.UTF-8" } as never);
    const line = colored.split("\n").find((one) => one.includes("#1")) ?? "";
    const green = "\u001b[32m";
    expect(line).toContain(`${green}Running`);
    expect(line).not.toContain(`${green}-`);
  });
});
