import { describe, expect, it } from "vitest";
import { planMarkdown } from "../../../src/plan/markdown.ts";
import { makePlan } from "../../../src/plan/plan.ts";
import { interruptionLines } from "../../../src/plan/text.ts";
import type { DeclaredService } from "../../../src/plan/types.ts";
import { container, declared, subject } from "../../support/plans.ts";

const on = (name: string, restart = false) => ({ name, restart });
const proxied = { updateOrder: "start-first" } as const;

/** Lago as a proxy reaches it, of which a setting changed. */
function lago(fields: Partial<DeclaredService> = proxied): DeclaredService[] {
  return [
    declared("db"),
    declared("migrate", { oneShot: true, configHash: "new", dependsOn: [on("db", true)] }),
    declared("api", { ...fields, configHash: "new", dependsOn: [on("migrate"), on("db", true)] }),
    declared("front", { ...fields, dependsOn: [on("api", true)] }),
  ];
}

/** Containers of one start: times in seconds from the first start to those of the others. */
const running = [
  container("db", { health: "healthy", times: times(0, 1) }),
  container("migrate", { state: "exited", times: times(0, 3, 7) }),
  container("api", { health: "healthy", times: times(1, 7) }),
  container("front", { times: times(1, 12) }),
];

function times(created: number, started: number, ended?: number) {
  return {
    createdMs: created * 1_000,
    startedMs: started * 1_000,
    endedMs: ended === undefined ? undefined : ended * 1_000,
  };
}

const plan = (services = lago(), found = running, composeVersion = "2.26.1") =>
  makePlan(subject(services, found, { composeVersion }));

const fates = (...made: Parameters<typeof plan>) =>
  Object.fromEntries(
    plan(...made).services.flatMap(({ service, interruption }) =>
      interruption === undefined ? [] : [[service, interruption]],
    ),
  );

describe("behind a proxy", () => {
  it.each(["2.26.1", "5.6.0"])("the new container starts first, with compose %s", (version) => {
    expect(fates(lago(), running, version)).toEqual({ api: { how: "start first" } });
    const { services, downtime, changes } = plan(lago(), running, version);
    expect(services.map(({ service, action }) => `${service} ${action}`)).toEqual([
      "db stays",
      "migrate recreated",
      "api recreated",
      "front stays",
    ]);
    expect([downtime, changes]).toEqual([[], true]);
  });

  it("requests wait where the files want the old one to stop first", () => {
    expect(fates(lago({ updateOrder: "stop-first" }))).toEqual({
      api: { how: "held", seconds: 5 },
    });
  });

  it("requests wait where the old one has a volume without a name", () => {
    const found = running.map((one) => ({ ...one, hasAnonymousVolumes: one.service === "api" }));
    expect(fates(lago(), found)).toEqual({ api: { how: "held", seconds: 5 } });
  });

  it("it is down with the database that it needs", () => {
    const [db, ...others] = lago();
    const services = [{ ...(db ?? declared("db")), configHash: "new" }, ...others];
    expect(plan(services).downtime).toEqual(["db", "api", "front"]);
  });

  it.each([{ state: "exited" }, { health: "unhealthy" }, { health: "starting" }])(
    "it is replaced by compose where it does not answer: %j",
    (state) => {
      const found = running.map((one) => (one.service === "api" ? { ...one, ...state } : one));
      expect(fates(lago(), found).api?.how).not.toBe("start first");
    },
  );
});

describe("without a proxy", () => {
  it("api is down while the migration runs and until it is healthy, and front as long", () => {
    expect(fates(lago({}))).toEqual({
      api: { how: "down", seconds: 9 },
      front: { how: "down", seconds: 9 },
    });
  });

  it.each([
    ["was started again since", times(1, 7, 6)],
    ["is of another run", times(-100, 7)],
    ["has no times", undefined],
  ])("no time is told where api %s", (_why, when) => {
    const found = running.map(({ times: known, ...one }) => {
      const own = one.service === "api" ? when : known;
      return own === undefined ? one : { ...one, times: own };
    });
    expect(fates(lago({}), found)).toEqual({ api: { how: "down" }, front: { how: "down" } });
  });

  it("no time is told of a service without a health check that waits for nobody", () => {
    const worker = declared("worker", { configHash: "new" });
    const found = [container("worker", { times: times(0, 1) })];
    expect(fates([worker], found)).toEqual({ worker: { how: "down" } });
  });

  it("no time is told of a service that nobody waits for", () => {
    const worker = declared("worker", { configHash: "new" });
    const found = [container("worker", { health: "healthy", times: times(0, 1) })];
    expect(fates([worker], found)).toEqual({ worker: { how: "down" } });
  });
});

describe("the text", () => {
  it("says which services wait for whom, and for how long", () => {
    expect(interruptionLines(plan())).toEqual([
      "No request waits, the new container starts first: api",
    ]);
    expect(interruptionLines(plan(lago({ updateOrder: "stop-first" })))).toEqual([
      "Requests wait at the proxy for a moment: api (about 5 s)",
      "Times are those of the last start, where one was measured.",
    ]);
    expect(interruptionLines(plan(lago({})))).toEqual([
      "Down for a moment, in this order: api (about 9 s), front (about 9 s)",
      "Times are those of the last start, where one was measured.",
    ]);
  });

  it("is the same in Markdown", () => {
    expect(planMarkdown(plan(lago({})))).toMatch(
      /in this order: `api` \(about 9 s\), `front` \(about 9 s\)\n\nTimes are/,
    );
  });

  it("takes plans of programs that told no interruption", () => {
    const { services, ...rest } = plan(lago({}));
    const old = services.map(({ interruption: _, ...service }) => service);
    expect(interruptionLines({ ...rest, services: old })).toEqual([
      "Down for a moment, in this order: api, front",
    ]);
  });
});
