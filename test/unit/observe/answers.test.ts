import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, it, type TestContext } from "vitest";
import { answersAt } from "../../../src/observe/answers.ts";

const never = new AbortController().signal;

/** Opens a server that treats connections so, and returns its port. */
async function listen(
  { onTestFinished }: TestContext,
  onConnection: (socket: Socket) => void,
  host = "127.0.0.1",
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  });
  return (server.address() as AddressInfo).port;
}

describe("a server that answers", { concurrent: true }, () => {
  it.for<[string, (socket: Socket) => void]>([
    ["speaks HTTP", (socket) => socket.once("data", () => socket.end("HTTP/1.0 500 No\r\n\r\n"))],
    ["greets and closes", (socket) => socket.end("220 smtp\r\n")],
    ["answers late", (socket) => setTimeout(() => socket.end("late"), 150)],
    ["waits for a request of its own protocol", () => {}],
  ])("is one that %s", async ([, onConnection], test) => {
    const hostPort = await listen(test, onConnection);
    expect(await answersAt({ address: "127.0.0.1", hostPort }, never)).toBe(true);
    expect(await answersAt({ address: "0.0.0.0", hostPort }, never)).toBe(true);
    expect(await answersAt({ address: "", hostPort }, never)).toBe(true);
  });

  it("is asked for a page, without a name of a host", async (test) => {
    const asked = Promise.withResolvers<string>();
    const hostPort = await listen(test, (socket) => {
      socket.once("data", (data: Buffer) => {
        asked.resolve(data.toString());
        socket.end("HTTP/1.0 200 OK\r\n\r\n");
      });
    });
    expect(await answersAt({ address: "0.0.0.0", hostPort }, never)).toBe(true);
    expect(await asked.promise).toBe("GET / HTTP/1.0\r\n\r\n");
  });
});

describe("no server that answers", { concurrent: true }, () => {
  it.for<[string, (socket: Socket) => void]>([
    ["closes at once, as docker's proxy without a server behind it", (socket) => socket.end()],
    ["resets the connection", (socket) => socket.resetAndDestroy()],
    ["closes after a moment", (socket) => setTimeout(() => socket.destroy(), 100)],
    ["closes when it is asked", (socket) => socket.once("data", () => socket.destroy())],
  ])("is one that %s", async ([, onConnection], test) => {
    const hostPort = await listen(test, onConnection);
    expect(await answersAt({ address: "127.0.0.1", hostPort }, never)).toBe(false);
  });

  it("is a port where nobody listens, or an address that is none", async (test) => {
    const hostPort = await listen(test, () => {}, "127.0.0.2");
    expect(await answersAt({ address: "0.0.0.0", hostPort }, never)).toBe(false);
    expect(await answersAt({ address: "127.0.0.2", hostPort }, never)).toBe(true);
    expect(await answersAt({ address: "not an address", hostPort }, never)).toBe(false);
  });

  it("is told once the signal fires", async (test) => {
    const hostPort = await listen(test, () => {});
    const startedMs = performance.now();
    const asking = answersAt({ address: "127.0.0.1", hostPort }, AbortSignal.timeout(50));
    expect(await asking).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(250);
    expect(await answersAt({ address: "127.0.0.1", hostPort }, AbortSignal.abort())).toBe(false);
  });
});

it("a close that arrives while this process is busy is no answer", async (test) => {
  const hostPort = await listen(test, (socket) => {
    socket.once("data", () => {
      socket.destroy();
      // For longer than a server of another protocol gets to close.
      const endMs = performance.now() + 500;
      while (performance.now() < endMs) {}
    });
  });
  expect(await answersAt({ address: "127.0.0.1", hostPort }, never)).toBe(false);
});
