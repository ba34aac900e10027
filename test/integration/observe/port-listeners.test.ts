/** Programs of this machine that listen on a port. */
import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { canListen, listenersOn } from "../../../src/observe/port-listeners.ts";

async function listen(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

it("are told with the names of their processes", async () => {
  const port = await listen();
  expect(await canListen("127.0.0.1", port)).toBe(false);
  const [listener] = await listenersOn([{ address: "127.0.0.1", port }]);
  expect(listener).toMatchObject({ address: "127.0.0.1", port });
  if (process.platform === "linux") {
    expect(listener?.name).toContain(`(process ${process.pid})`);
  }
});

it("are none where nobody listens", async () => {
  const port = await listen();
  expect(await listenersOn([{ address: "127.0.0.2", port }])).toEqual([]);
});
