import { describe, expect, it } from "vitest";
import { LiveServices } from "../../../../src/cli/output/live-services.ts";
import { screenOf } from "../../../../src/cli/output/screen.ts";
import type { Readiness } from "../../../../src/deployment/readiness.ts";
import type { ContainerStatus } from "../../../../src/deployment/status.ts";

const LOOK = {
  services: [
    { service: "db", state: "ready", reason: "healthy" },
    { service: "api", state: "pending", reason: "not healthy yet" },
    { service: "pdf", state: "pending", reason: "not created yet" },
  ] satisfies Readiness[],
  containers: [
    { service: "api", state: "running" },
    { service: "api", state: "created" },
    { service: "db", state: "running" },
  ] as unknown as ContainerStatus[],
};

const at = (columns: number, environment: Record<string, string>) =>
  screenOf({ isTTY: true, columns, write: () => true }, environment);
const PLAIN = at(80, { NO_COLOR: "1", LANG: "C.UTF-8" });

describe("services on their way up", () => {
  it("are nothing before the first look", () => {
    expect(new LiveServices("lago-dev").text(0, PLAIN)).toBeUndefined();
  });

  it("show what each does and for how long, up to the moment when it is ready", () => {
    const services = new LiveServices("lago-dev");
    services.look(LOOK, 1_000);
    services.look(LOOK, 2_500);
    expect(services.text(4_240, PLAIN)?.split("\n")).toEqual([
      "lago-dev: 1 of 3 services ready",
      "   SERVICE  STATE    HEALTH           SECONDS",
      "✔  db       running  healthy          0.0",
      "○  api      created  not healthy yet  3.2",
      "○  pdf      -        not created yet  3.2",
    ]);
  });

  it("count on when one falls back", () => {
    const services = new LiveServices("lago-dev");
    services.look(LOOK, 0);
    const fallen: Readiness = { service: "db", state: "failed", reason: "ended with exit code 1" };
    services.look({ ...LOOK, services: [fallen] }, 1_000);
    expect(services.text(2_000, PLAIN)).toContain(
      "✖  db       running  ended with exit code 1  2.0",
    );
  });

  it("are signs of ASCII where the locale knows no others", () => {
    const services = new LiveServices("lago-dev");
    services.look(LOOK, 0);
    const text = services.text(0, at(30, { NO_COLOR: "1", LANG: "C" })) ?? "";
    expect(text).toContain("+  db");
    expect(text).toContain(".  api");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    expect(text).toMatch(/^[\x00-\x7f]*$/);
  });

  it("fit every screen", () => {
    const services = new LiveServices("lago-dev");
    services.look(LOOK, 0);
    for (let columns = 1; columns < 60; columns += 1) {
      const lines = services.text(0, at(columns, { NO_COLOR: "1", LANG: "C" }))?.split("\n") ?? [];
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  it("are in color, and nothing of a reason is taken for a command by the terminal", () => {
    const services = new LiveServices("lago-dev");
    const service: Readiness = { service: "db", state: "failed", reason: "x\u001b[2Jy" };
    services.look({ ...LOOK, services: [service] }, 0);
    const text = services.text(0, at(80, { LANG: "C" })) ?? "";
    expect(text).toContain("\u001b[31m!\u001b[39m");
    expect(text).toContain("\u001b[31mxy\u001b[39m");
  });
});
