import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, type TestContext } from "vitest";
import { FakeEngine } from "./fake-engine.ts";

const LONG_MS = 60_000;
const never = new AbortController().signal;

function engineWith({ onTestFinished }: TestContext, ...services: string[]): FakeEngine {
  const engine = new FakeEngine();
  onTestFinished(() => engine.watch.close());
  for (const service of services) {
    engine.set(service, { state: "created" }, false);
  }
  return engine;
}

/** Waits for the next look and returns the time until then and the states of the containers. */
async function nextLook({ watch }: FakeEngine, withinMs = LONG_MS, signal = never) {
  const startedMs = performance.now();
  await watch.next(withinMs, signal);
  const tookMs = performance.now() - startedMs;
  const states = (await watch.look()).map(({ service, state }) => `${service} ${state}`);
  return { tookMs, states };
}

describe("while the engine reports changes", { concurrent: true }, () => {
  it("only a container that changed is inspected, at once", async (test) => {
    const engine = engineWith(test, "api", "db", "front");
    await engine.watch.look();
    await delay(150);
    const changing = delay(20).then(() => engine.set("db", { state: "running" }));
    const { tookMs, states } = await nextLook(engine);
    await changing;
    // Without the report the next look would be at all containers, two seconds after the last one.
    expect(tookMs).toBeLessThan(1_800);
    expect(states.sort()).toEqual(["api created", "db running", "front created"]);
    expect(engine.looks).toEqual(["all", "db-id"]);
  });

  it("many changes at a time make one look after the other, a tenth of a second apart", async (test) => {
    const engine = engineWith(test, "api", "db", "front");
    await engine.watch.look();
    const endMs = performance.now() + 600;
    const crashing = (async () => {
      for (let n = 0; performance.now() < endMs; n += 1) {
        engine.set("api", { state: "running", restartCount: n });
        await delay(2);
      }
    })();
    while (performance.now() < endMs) {
      await nextLook(engine);
    }
    await crashing;
    const tookMs = performance.now() - endMs + 600;
    // On a busy machine the look at all containers every two seconds may come in between.
    const inspected = engine.looks.filter((look) => look !== "all");
    expect(inspected.length).toBeGreaterThan(0);
    expect(inspected.length).toBeLessThanOrEqual(Math.ceil(tookMs / 100) + 1);
    expect(new Set(inspected)).toEqual(new Set(["api-id"]));
  });

  it("the exit code of a run is known after the next run has begun", async (test) => {
    const engine = engineWith(test, "api");
    await engine.watch.look();
    engine.end("api", 137);
    engine.set("api", { state: "running", restartCount: 1 });
    await engine.watch.next(LONG_MS, never);
    expect(await engine.watch.look()).toMatchObject([{ state: "running", lastExitCode: 137 }]);
  });

  it("a change during a look leads to another one", async (test) => {
    const engine = engineWith(test, "api");
    const looking = engine.watch.look();
    engine.set("api", { state: "running" });
    await looking;
    expect((await nextLook(engine)).states).toEqual(["api running"]);
  });

  it("a container that is removed is gone, and a new one is there", async (test) => {
    const engine = engineWith(test, "api");
    await engine.watch.look();
    engine.remove("api-id");
    engine.set("api", { state: "running", id: "new" });
    expect((await nextLook(engine)).states).toEqual(["api running"]);
  });

  it("a container of `docker compose run` is none of them", async (test) => {
    const engine = engineWith(test);
    await engine.watch.look();
    engine.set("api", { state: "running" });
    const run = engine.containers.get("api-id");
    if (run !== undefined) {
      const labels = { ...run.labels, "com.docker.compose.oneoff": "True" };
      engine.containers.set("api-id", { ...run, labels });
    }
    expect((await nextLook(engine)).states).toEqual([]);
  });

  it("a change that nobody reported is seen within two seconds", async (test) => {
    const engine = engineWith(test, "api");
    await engine.watch.look();
    engine.set("api", { state: "running" }, false);
    const { tookMs, states } = await nextLook(engine);
    expect(tookMs).toBeGreaterThan(1_500);
    expect(tookMs).toBeLessThan(2_500);
    expect(states).toEqual(["api running"]);
  });

  it("a change that nobody reported is seen although others are reported all the time", async (test) => {
    const engine = engineWith(test, "api", "db");
    await engine.watch.look();
    engine.set("api", { state: "running" }, false);
    const startedMs = performance.now();
    let states: string[] = [];
    while (!states.includes("api running") && performance.now() - startedMs < 4_000) {
      engine.set("db", { state: "running" });
      states = (await nextLook(engine)).states;
    }
    expect(states).toContain("api running");
  });

  it("the end of the wait, a refresh and a signal each begin a look at all", async (test) => {
    const engine = engineWith(test, "api");
    await engine.watch.look();
    expect((await nextLook(engine, 150)).tookMs).toBeLessThan(400);
    const refreshing = delay(20).then(() => engine.watch.refresh());
    expect((await nextLook(engine)).tookMs).toBeLessThan(400);
    await refreshing;
    const stopping = AbortSignal.timeout(20);
    expect((await nextLook(engine, LONG_MS, stopping)).tookMs).toBeLessThan(400);
    expect(engine.looks).toEqual(["all", "all", "all", "all"]);
  });
});

describe("while the engine reports no changes", { concurrent: true }, () => {
  it("what changed before the stream began is seen when it begins", async (test) => {
    const engine = new FakeEngine(false);
    test.onTestFinished(() => engine.watch.close());
    engine.set("api", { state: "created" }, false);
    await engine.watch.look();
    engine.set("api", { state: "running" }, false);
    engine.open();
    const { tookMs, states } = await nextLook(engine);
    // Without the stream the next look would be half a second after the last one.
    expect(tookMs).toBeLessThan(500);
    expect(states).toEqual(["api running"]);
  });

  it("all containers are looked at every half second once the stream has broken", async (test) => {
    const engine = engineWith(test, "api", "db");
    await engine.watch.look();
    engine.breakOff();
    await delay(1);
    // What nobody reported since the stream broke.
    engine.set("api", { state: "running" }, false);
    await nextLook(engine);
    engine.set("db", { state: "running" }, false);
    const { tookMs, states } = await nextLook(engine);
    expect(tookMs).toBeGreaterThan(350);
    expect(tookMs).toBeLessThan(900);
    expect(states.sort()).toEqual(["api running", "db running"]);
  });
});
