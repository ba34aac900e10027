import { beforeEach, describe, expect, it, vi } from "vitest";
import { type PullOptions, pullWithRetry } from "../../../src/deployment/pull.ts";
import { DeployError, type DeployErrorKind } from "../../../src/errors.ts";
import { pause } from "../../../src/process/async.ts";

vi.mock("../../../src/process/async.ts", () => ({ pause: vi.fn(async () => {}) }));

beforeEach(() => {
  vi.mocked(pause).mockClear();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});

/** Pulls with attempts that fail in these ways, then succeed, without waiting. */
async function pulled(failures: readonly (DeployErrorKind | Error)[], timeoutMs = 60_000) {
  const purposes: string[] = [];
  const messages: string[] = [];
  const pull: PullOptions["pull"] = async (purpose) => {
    const failure = failures[purposes.length];
    purposes.push(purpose.replace("Pulling the images of project lago-dev", ""));
    if (failure !== undefined) {
      throw failure instanceof Error ? failure : new DeployError(failure, `failure ${failure}`);
    }
  };
  const result = await pullWithRetry({
    project: "lago-dev",
    timeoutMs,
    signal: undefined,
    onProgress: ({ message }) => messages.push(message),
    pull,
  }).catch((error: Error) => error.message);
  const waits = vi.mocked(pause).mock.calls.map(([ms]) => ms);
  return { result, purposes, waits, messages };
}

describe("a pull", () => {
  it("is not repeated after a success", async () => {
    expect(await pulled([])).toEqual({
      result: undefined,
      purposes: [""],
      waits: [],
      messages: [],
    });
  });

  it("is tried again after waits that double, and reports each", async () => {
    expect(await pulled(["NetworkFailed", "RegistryRateLimit"])).toEqual({
      result: undefined,
      purposes: ["", " (attempt 2 of 3)", " (attempt 3 of 3)"],
      waits: [4_000, 8_000],
      messages: [
        "project lago-dev: pull failed (NetworkFailed); attempt 2 of 3 in 4 s",
        "project lago-dev: pull failed (RegistryRateLimit); attempt 3 of 3 in 8 s",
      ],
    });
  });

  it("gives up with the error of the last attempt", async () => {
    const failures = ["NetworkFailed", "NetworkFailed", "RegistryRateLimit"] as const;
    const { result, purposes } = await pulled(failures);
    expect(result).toBe("failure RegistryRateLimit");
    expect(purposes).toHaveLength(3);
  });

  it.each([["DiskFull" as const], [new Error("a bug")]])(
    "is not tried again where that cannot help: %s",
    async (failure) => {
      const { result, purposes } = await pulled(["NetworkFailed", failure]);
      expect(result).toContain(failure instanceof Error ? "a bug" : failure);
      expect(purposes).toHaveLength(2);
    },
  );

  it.each([
    [0, 2_000],
    [0.999, 5_996],
  ])("waits half less to half more by chance: %d is %d ms", async (chance, ms) => {
    vi.mocked(Math.random).mockReturnValue(chance);
    expect((await pulled(["NetworkFailed"])).waits).toEqual([ms]);
  });

  it("does not wait past its deadline", async () => {
    const { result, waits } = await pulled(["NetworkFailed"], 3_900);
    expect(result).toBe("failure NetworkFailed");
    expect(waits).toEqual([]);
  });
});
