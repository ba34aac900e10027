/** Changes that an engine reports, on a socket of this machine and through docker. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { followContainers } from "../../../src/docker/engine-events.ts";
import { eventually } from "../../../testing/processes.ts";
import { FAR_AWAY } from "../../../testing/scripted-docker/fake-docker.ts";

/** An engine whose stream of events is in the hands of the test. */
interface StreamingEngine {
  /** Path and query of the request, once there is one. */
  readonly asked: Promise<URL>;
  /** The answer, once its head is sent. */
  readonly stream: Promise<ServerResponse>;
}

async function useStreamingEngine(way: string, status = 200): Promise<StreamingEngine> {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-events-"));
  const socket = join(folder, "docker.sock");
  const asked = Promise.withResolvers<URL>();
  const stream = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, response) => {
    asked.resolve(new URL(request.url ?? "", "http://docker"));
    response.writeHead(status, { "Content-Type": "application/json" });
    response.flushHeaders();
    stream.resolve(response);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  if (way === "on a socket") {
    vi.stubEnv("DOCKER_HOST", `unix://${socket}`);
  } else {
    const relay = `const s = require("node:net").connect("${socket}"); process.stdin.pipe(s).pipe(process.stdout); s.on("close", () => process.exit(0));`;
    const program = join(folder, "docker");
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' -e '${relay}'\n`);
    chmodSync(program, 0o755);
    vi.stubEnv("PATH", folder);
    vi.stubEnv("DOCKER_HOST", FAR_AWAY);
  }
  return { asked: asked.promise, stream: stream.promise };
}

/** Follows the containers of `lago-test` until the test ends, and notes what is reported. */
function follow() {
  const ending = new AbortController();
  const seen: string[] = [];
  const ended = followContainers({}, "lago-test", {
    signal: ending.signal,
    onOpen: () => seen.push("open"),
    onChange: (id) => seen.push(id),
  });
  ended.catch(() => {});
  onTestFinished(async () => {
    ending.abort();
    await ended.catch(() => {});
  });
  return { seen, ended, end: () => ending.abort() };
}

const event = (ID: string, Action = "start") =>
  `${JSON.stringify({ Type: "container", Action, Actor: { ID, Attributes: {} } })}\n`;

describe.each(["on a socket", "through docker"])("an engine %s", (way) => {
  it("is asked for changes of the containers that compose made for the project", async () => {
    const { asked } = await useStreamingEngine(way);
    follow();
    const { pathname, searchParams } = await asked;
    expect(pathname).toBe("/events");
    const { event: events, ...filters } = JSON.parse(searchParams.get("filters") ?? "");
    expect(filters).toEqual({
      type: ["container"],
      label: ["com.docker.compose.project=lago-test", "com.docker.compose.config-hash"],
    });
    expect(events).toContain("health_status");
    expect(events).toContain("die");
    expect(events).not.toContain("exec_create");
  });

  it("reports each container that changes, however its words are cut", async () => {
    const { stream } = await useStreamingEngine(way);
    const { seen, ended } = follow();
    const response = await stream;
    await eventually("the stream is open", () => seen.length === 1);
    expect(seen).toEqual(["open"]);
    const [head, tail] = [event("b").slice(0, 20), event("b").slice(20)];
    response.write(event("a") + head);
    await eventually("the first is told", () => seen.length === 2);
    response.write(`${tail}no JSON\n{}\n${event("c", "health_status: healthy")}`);
    await eventually("the third is told", () => seen.length === 4);
    response.end();
    await ended;
    expect(seen).toEqual(["open", "a", "b", "c"]);
  });

  it("tells with the end of a run its exit code", async () => {
    const { stream } = await useStreamingEngine(way);
    const codes: unknown[] = [];
    const ended = followContainers({}, "lago-test", {
      signal: new AbortController().signal,
      onOpen: () => {},
      onChange: (_id, exitCode) => codes.push(exitCode),
    });
    const die = { Action: "die", Actor: { ID: "a", Attributes: { exitCode: "3" } } };
    (await stream).end(`${JSON.stringify(die)}\n${event("a")}`);
    await ended;
    expect(codes).toEqual([3, undefined]);
  });

  it("that breaks off is told as an end", async () => {
    const { stream } = await useStreamingEngine(way);
    const { ended } = follow();
    (await stream).destroy();
    await expect(ended).rejects.toThrow();
  });

  it("that has no events is told as such", async () => {
    await useStreamingEngine(way, 404);
    const { seen, ended } = follow();
    await expect(ended).rejects.toThrow("404");
    expect(seen).toEqual([]);
  });

  it("is left when the signal fires", async () => {
    const { stream } = await useStreamingEngine(way);
    const { seen, ended, end } = follow();
    const response = await stream;
    const closed = new Promise((resolve) => response.once("close", resolve));
    await eventually("the stream is open", () => seen.length === 1);
    end();
    await expect(ended).rejects.toThrow();
    await closed;
  });
});

describe("an engine that cannot be reached", () => {
  it("is told as such, on a socket", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(follow().ended).rejects.toThrow("ENOENT");
  });

  it("is told as such, where docker ends at once or is missing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-events-"));
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    });
    vi.stubEnv("PATH", folder);
    vi.stubEnv("DOCKER_HOST", FAR_AWAY);
    await expect(follow().ended).rejects.toThrow();
    writeFileSync(join(folder, "docker"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(folder, "docker"), 0o755);
    await expect(follow().ended).rejects.toThrow();
  });
});
