import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DRIFT_KINDS, type Drift } from "../../../../src/plan/types.ts";
import { driftInOutputs } from "../../../../src/pulumi/stack/service-drift.ts";
import { declaredState, observeService } from "../../../../src/pulumi/stack/service-state.ts";
import { toStateJson } from "../../../../src/pulumi/stack/wire.ts";
import { container, declared, observed } from "../../../support/plans.ts";

const SERVICE = declared("api");
const DECLARED = declaredState(SERVICE);
const ENDED = { ...DECLARED, state: "exited (1)", declared: DECLARED };
const EXITED: Drift = {
  kind: "exited",
  subject: "api",
  message: "api has ended with exit code 1",
  exitCode: 1,
};

describe("the drift in a service's outputs", () => {
  it("is the list that the refresh left there, in its words", () => {
    const drift = DRIFT_KINDS.map((kind) => ({ kind, subject: "api", message: `m of ${kind}` }));
    expect(driftInOutputs("api", { ...ENDED, drift })).toEqual(drift);
  });

  it("is none where the service is as declared, whatever release made the state", () => {
    expect(driftInOutputs("api", { ...DECLARED, declared: DECLARED })).toEqual([]);
    expect(driftInOutputs("api", {})).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["no list", undefined],
    ["a list of kinds that this release does not know", [{ ...EXITED, kind: "rotten" }]],
  ])("is judged by the two states where there is %s", (_, drift) => {
    expect(driftInOutputs("api", { ...ENDED, drift })).toEqual([EXITED]);
  });
});

describe("the drift of a state of an earlier release", () => {
  it("is found wherever the refresh of this release finds any, of the same kinds", () => {
    const state = fc.constantFrom("running", "exited", "paused", "created", "restarting");
    const found = fc.record({
      state,
      exitCode: fc.constantFrom(0, 137),
      health: fc.constantFrom("", "healthy", "unhealthy"),
      configHash: fc.constantFrom("hash", "old"),
      image: fc.constantFrom("getlago/api:v1.50.0", "getlago/api:v1.43.0", "other"),
    });
    const count = { minLength: 1, maxLength: 3 };
    fc.assert(
      fc.property(
        fc.array(found, count),
        fc.nat({ max: 2 }),
        fc.boolean(),
        (all, scale, oneShot) => {
          const service = declared("api", { scale, oneShot });
          const containers = all.map(({ image, ...fields }) =>
            // Compose's hash covers the name of the image.
            container(
              "api",
              image === service.spec.image ? fields : { ...fields, configHash: "old" },
              {
                image,
              },
            ),
          );
          const seen = observeService(service, observed(containers));
          const outputs = toStateJson({ ...seen?.state, declared: declaredState(service) });
          const kinds = (drift: readonly Drift[] = []) => [
            ...new Set(drift.map(({ kind }) => kind)),
          ];
          const old = kinds(driftInOutputs("api", outputs));
          expect(old.length > 0).toBe((seen?.drift.length ?? 0) > 0);
          // Of several containers that fail, such a state tells of the first.
          expect(kinds(seen?.drift)).toEqual(expect.arrayContaining(old));
        },
      ),
    );
  });
});
