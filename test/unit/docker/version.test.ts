import { describe, expect, it } from "vitest";
import { isAtLeast, MIN_COMPOSE_VERSION, parseVersion } from "../../../src/docker/version.ts";

describe("parseVersion", () => {
  it.each([
    ["2.26.1", [2, 26, 1]],
    ["v2.26.1\n", [2, 26, 1]],
    ["2.26.1-4", [2, 26, 1]],
    ["v2.27.0-desktop.2", [2, 27, 0]],
    ["5.6.0+dirty", [5, 6, 0]],
  ])("reads %j", (text, numbers) => {
    expect(parseVersion(text)).toEqual(numbers);
  });

  it.each(["", "dev", "2.26", "docker-compose version 1.29.2"])("takes %j for none", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });
});

describe("isAtLeast", () => {
  it.each(["2.24.4", "v2.24.10", "2.100.0", "5.6.0", "10.0.0"])("lets %s pass", (found) => {
    expect(isAtLeast(found, MIN_COMPOSE_VERSION)).toBe(true);
  });

  it.each(["2.24.3", "v2.9.100", "1.29.2", "", "dev"])("holds %j back", (found) => {
    expect(isAtLeast(found, MIN_COMPOSE_VERSION)).toBe(false);
  });
});
