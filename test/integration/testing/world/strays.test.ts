import { expect, it } from "vitest";
import { straysOf } from "../../../../testing/world/strays.ts";

it("finds a container that waits to take another one's place, and a service that has two", () => {
  const containers = [
    ["lago-db-1", "db"],
    ["lago-api-1", "api"],
    ["0123456789ab_lago-api-1", "api"],
  ] as const;
  expect(straysOf(containers.slice(0, 2))).toEqual([]);
  expect(straysOf(containers)).toEqual([
    "0123456789ab_lago-api-1 is left",
    "api has more than one container",
  ]);
});
