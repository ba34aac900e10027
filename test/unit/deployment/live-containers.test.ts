import { describe, expect, it } from "vitest";
import { liveAmong } from "../../../src/deployment/live-containers.ts";
import { NUMBER_LABEL } from "../../../src/docker/labels.ts";
import { container, type Look } from "./looks.ts";

const LIVE = "lago-test-api";

const one = (name: string, number: number, look: Partial<Look> = {}) => ({
  ...container("api", { state: "running", health: "healthy", ...look }),
  name,
  labels: { [NUMBER_LABEL]: String(number) },
});

const pick = (...all: ReturnType<typeof one>[]) => liveAmong(all, LIVE)?.name;

describe("the container that gets requests", () => {
  it("is the one with the name, also beside a later one", () => {
    expect(pick(one("lago-test-api-2", 2), one(LIVE, 1))).toBe(LIVE);
    expect(pick(one(LIVE, 1, { health: "unhealthy" }), one("lago-test-api-2", 2))).toBe(LIVE);
  });

  it("is the later of two where a run ended between two names", () => {
    expect(pick(one("lago-test-api-1", 1), one("lago-test-api-2", 2))).toBe("lago-test-api-2");
  });

  it("is one that answers rather than one that was only made", () => {
    const made = one("lago-test-api-2", 2, { state: "created", health: "" });
    expect(pick(one("lago-test-api-1", 1), made)).toBe("lago-test-api-1");
  });

  it("is one that runs rather than one that ended under the name", () => {
    expect(pick(one(LIVE, 1, { state: "exited", health: "" }), one("lago-test-api-2", 2))).toBe(
      "lago-test-api-2",
    );
  });

  it("is nowhere without containers", () => {
    expect(pick()).toBeUndefined();
  });
});
