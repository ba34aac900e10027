import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "../../../testing/ports.ts";

it("gives each worker ports of a range of its own, and none twice", async () => {
  const [first, again, other] = [await freePort(1), await freePort(1), await freePort(2)];
  expect(new Set([first, again, other]).size).toBe(3);
  expect(Math.floor(first / 200)).toBe(Math.floor(again / 200));
  expect(Math.floor(other / 200)).toBe(Math.floor(first / 200) + 1);
});

it("leaves out a port that somebody listens on", async () => {
  const taken = (await freePort(3)) + 1;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(taken, "127.0.0.1", resolve));
  try {
    expect(await freePort(3)).not.toBe(taken);
  } finally {
    server.close();
  }
});
