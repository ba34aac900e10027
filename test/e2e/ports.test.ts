/** Ports and names that others hold: found in a preview, named with their owner, nothing touched. */
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, docker, volumesOf } from "../../testing/docker.ts";
import { createTestStack, type TestStack } from "../../testing/stack.ts";

let lago: TestStack;
let server: Server | undefined;
let foreign: string | undefined;

beforeAll(async () => {
  lago = await createTestStack();
});

afterAll(async () => {
  server?.close();
  if (foreign !== undefined) {
    await docker("container", "rm", "--force", "--volumes", foreign);
  }
  await lago?.dispose();
});

describe("a deployment whose place is taken", () => {
  it("names the program that holds its port", async () => {
    const listener = createServer();
    server = listener;
    await new Promise<void>((resolve) => listener.listen(lago.apiPort, "0.0.0.0", resolve));

    const preview = await lago.preview();
    const said = preview.stdout + preview.stderr;

    expect(preview.exitCode).not.toBe(0);
    expect(said).toContain(`PortTaken: ports.api: port ${lago.apiPort} is held by`);
    expect(said).toContain(`(process ${process.pid})`);
    await new Promise((resolve) => listener.close(resolve));
  });

  it("names the containers that hold its port and its name", async () => {
    foreign = `${lago.project}-redis-1`;
    const publish = `127.0.0.1:${lago.frontPort}:6379`;
    await docker("run", "--detach", "--name", foreign, "--publish", publish, "redis:7-alpine");

    const preview = await lago.preview();
    const said = preview.stdout + preview.stderr;

    expect(preview.exitCode).not.toBe(0);
    expect(said).toContain(`ports.front: port ${lago.frontPort} is held by container ${foreign}`);
    expect(said).toContain(`the container name ${foreign} is held by container ${foreign}`);
  });

  it("has touched nothing", async () => {
    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await volumesOf(lago.project)).toEqual([]);
  });
});
