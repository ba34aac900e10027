import { describe, expect, it } from "vitest";
import { runChecks } from "../../../../src/checks/index.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";

const KEY = "SECRET_KEY_BASE";
const ONE = "b7e1a94c";
const OTHER = "1f0d77e2";

function faultsOf(api: object, worker: object, variables: Record<string, string> = {}) {
  const services = {
    "lago-api": { image: "getlago/api", environment: api },
    "lago-worker": {
      image: "getlago/api",
      command: ["./scripts/start.worker.sh"],
      environment: worker,
    },
    cache: { image: "redis:7", environment: { [KEY]: "of no meaning there" } },
  };
  const model = parseComposeModel(JSON.stringify({ services }));
  return runChecks({ source: "stack", model, variables }).filter(({ id }) => id === "key-differs");
}

describe("a key that the files give", () => {
  it.each<[string, object, object]>([
    ["the same everywhere", { [KEY]: ONE }, { [KEY]: ONE }],
    ["one service only", { [KEY]: ONE }, {}],
    ["all by one variable", { [KEY]: "${OURS}" }, { [KEY]: "${OURS}" }],
    [
      "under either name",
      { ENCRYPTION_PRIMARY_KEY: ONE },
      { ENCRYPTION_PRIMARY_KEY: ONE, LAGO_ENCRYPTION_PRIMARY_KEY: OTHER },
    ],
  ])("to %s is right", (_, api, worker) => {
    expect(faultsOf(api, worker, { OURS: ONE })).toEqual([]);
  });

  it("to two services differently is refused, and both are named without a value", () => {
    const [fault, ...more] = faultsOf({ [KEY]: ONE }, { [KEY]: OTHER });
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ field: "keys.secretKeyBase", severity: "error" });
    expect(fault?.reason).toContain("in lago-worker than in lago-api");
    expect(JSON.stringify(fault)).not.toContain(OTHER);
    expect(
      faultsOf({ ENCRYPTION_PRIMARY_KEY: ONE }, { LAGO_ENCRYPTION_PRIMARY_KEY: OTHER }),
    ).toHaveLength(1);
  });

  it("is of no account where somebody chose another", () => {
    expect(faultsOf({ [KEY]: ONE }, { [KEY]: OTHER }, { [KEY]: "chosen" })).toEqual([]);
  });
});
