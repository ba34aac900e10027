import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, type TestContext } from "vitest";
import { type ExpectedService, ReadinessJudge } from "../../../src/deployment/readiness.ts";
import { type WaitOptions, waitUntilReady } from "../../../src/deployment/wait.ts";
import type { PublishedPort } from "../../../src/docker/ps-container.ts";
import { FakeEngine } from "./fake-engine.ts";
import { LASTING } from "./looks.ts";

const FRONT: ExpectedService = { name: "front", oneShot: false, hasHealthCheck: false };

function newEngine({ onTestFinished }: TestContext): FakeEngine {
  const engine = new FakeEngine();
  onTestFinished(() => engine.watch.close());
  return engine;
}

/** Waits for services on an engine, and returns the result, the messages and the time it took. */
async function waitOn(engine: FakeEngine, options: Partial<WaitOptions> = {}) {
  const messages: string[] = [];
  const startedMs = performance.now();
  const result = await waitUntilReady({
    watch: engine.watch,
    expected: [FRONT],
    isLocal: true,
    deadlineMs: startedMs + 10_000,
    isFinal: () => true,
    signal: new AbortController().signal,
    onProgress: ({ message }) => messages.push(message.replace(/ after .*/, "")),
    judge: new ReadinessJudge(),
    ...options,
  });
  return { ...result, messages, tookMs: performance.now() - startedMs };
}

async function listen(
  { onTestFinished }: TestContext,
  server: Server,
): Promise<readonly PublishedPort[]> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return [{ address: "0.0.0.0", hostPort: port, containerPort: 80, protocol: "tcp" }];
}

const serve = (test: TestContext, listener: RequestListener) =>
  listen(test, createServer(listener));

/** As docker's proxy does where nothing listens in the container. */
const acceptAndClose = (test: TestContext) =>
  listen(
    test,
    createTcpServer((socket) => socket.destroy()),
  );

describe("a service without a health check that publishes a port", { concurrent: true }, () => {
  it("is ready when it answers there, well before three seconds", async (test) => {
    const engine = newEngine(test);
    const ports = await serve(test, (_, response) => response.end("hello"));
    engine.set("front", { state: "created" }, false);
    const starting = delay(200).then(() => engine.set("front", { state: "running", ports }));
    const { outcome, messages, tookMs } = await waitOn(engine);
    await starting;
    expect(outcome).toBe("ready");
    expect(messages).toEqual([`front: answers on port ${ports[0]?.hostPort}`]);
    expect(tookMs).toBeLessThan(1_500);
  });

  it("is ready after three seconds where the port accepts and closes at once", async (test) => {
    const engine = newEngine(test);
    engine.set("front", { state: "running", ports: await acceptAndClose(test) }, false);
    const { outcome, messages, tookMs } = await waitOn(engine);
    expect(outcome).toBe("ready");
    expect(messages).toEqual(["front: running"]);
    expect(tookMs).toBeGreaterThanOrEqual(3_000);
  });

  it.for([
    ["of an engine elsewhere", { isLocal: false }, "tcp"],
    ["of another protocol", {}, "udp"],
  ] as const)("is not asked at a port %s", async ([, options, protocol], test) => {
    const engine = newEngine(test);
    let requests = 0;
    const [port] = await serve(test, (_request, response) => {
      requests += 1;
      response.end("hello");
    });
    const ports = port === undefined ? [] : [{ ...port, protocol }];
    engine.set("front", { state: "running", ports }, false);
    const { messages } = await waitOn(engine, options);
    expect(messages).toEqual(["front: running"]);
    expect(requests).toBe(0);
  });

  it("that has a health check is not asked", async (test) => {
    const engine = newEngine(test);
    const ports = await serve(test, (_, response) => response.end("hello"));
    engine.set("front", { state: "running", health: "starting", ports }, false);
    const getsWell = delay(500).then(() =>
      engine.set("front", { state: "running", health: "healthy", ports }),
    );
    const { messages, tookMs } = await waitOn(engine);
    await getsWell;
    expect(messages).toEqual(["front: healthy"]);
    expect(tookMs).toBeGreaterThanOrEqual(490);
  });

  it("is not ready by the answer of a run that has ended when the answer is told", async (test) => {
    const engine = newEngine(test);
    const ports = await serve(test, (_, response) => {
      // The engine starts it anew while the answer is on its way, without any report.
      const startedAt = "later";
      engine.set("front", { state: "running", ports: [], startedAt, restartCount: 1 }, false);
      response.end("hello");
    });
    engine.set("front", { state: "running", ports }, false);
    const { messages, tookMs } = await waitOn(engine);
    expect(messages).toEqual(["front: running"]);
    expect(tookMs).toBeGreaterThanOrEqual(3_000);
  });
});

describe("a wait", { concurrent: true }, () => {
  const healthy = { state: "running", health: "healthy" };

  it("follows the events: health is told when it comes, not at the next half second", async (test) => {
    const engine = newEngine(test);
    engine.set("api", { ...healthy, health: "starting" }, false);
    const getsWell = delay(620).then(() => engine.set("api", healthy));
    const { outcome, tookMs } = await waitOn(engine, { expected: [LASTING] });
    await getsWell;
    expect(outcome).toBe("ready");
    expect(tookMs).toBeLessThan(900);
    // At first, when the stream had begun, and at the event.
    expect(engine.looks.length).toBeLessThanOrEqual(3);
  });

  it("finds a crash loop in a storm of events, with few looks", async (test) => {
    const engine = newEngine(test);
    let restarts = 0;
    engine.set("api", { state: "running" }, false);
    const crashing = setInterval(() => {
      restarts += 1;
      const startedAt = `start ${restarts}`;
      engine.set("api", { state: "restarting", exitCode: 1, startedAt, restartCount: restarts });
      engine.set("api", { state: "running", startedAt, restartCount: restarts });
    }, 50);
    test.onTestFinished(() => clearInterval(crashing));
    const { outcome, services, tookMs } = await waitOn(engine, {
      expected: [LASTING],
      isFinal: () => false,
    });
    expect(outcome).toBe("failed");
    expect(services).toMatchObject([{ failure: "CrashLoop" }]);
    expect(tookMs).toBeLessThan(1_500);
    expect(engine.looks.length).toBeLessThanOrEqual(2 + tookMs / 90);
  });

  it("ends when compose does, without a change of a container", async (test) => {
    const engine = newEngine(test);
    engine.set("api", healthy, false);
    let isFinal = false;
    const ending = delay(400).then(() => {
      isFinal = true;
      engine.watch.refresh();
    });
    const options = { expected: [LASTING], isFinal: () => isFinal };
    const { outcome, tookMs } = await waitOn(engine, options);
    await ending;
    expect(outcome).toBe("ready");
    expect(tookMs).toBeLessThan(700);
  });

  it("ends at its deadline and by its signal", async (test) => {
    const engine = newEngine(test);
    engine.set("api", { ...healthy, health: "starting" }, false);
    const expected = [LASTING];
    const late = await waitOn(engine, { expected, deadlineMs: performance.now() + 300 });
    expect(late.outcome).toBe("deadline");
    expect(late.tookMs).toBeLessThan(700);
    const stopped = await waitOn(engine, { expected, signal: AbortSignal.timeout(200) });
    expect(stopped.outcome).toBe("stopped");
    expect(stopped.tookMs).toBeLessThan(600);
    expect(stopped.status.services).toEqual([["api", "Running"]]);
  });
});
