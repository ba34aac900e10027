/** Ports that are found for `auto` on a real host: they answer, and stay the same. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, docker } from "../../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";

const AUTO = { ports: { api: "auto", front: "auto" } };

interface Ports {
  readonly api: number;
  readonly front: number;
  readonly address: string;
}

let lago: TestStack;
let other: TestStack;
let first: Ports;
let foreign: string | undefined;

beforeAll(async () => {
  lago = await createTestStack(AUTO);
  other = await createTestStack(AUTO);
});

afterAll(async () => {
  if (foreign !== undefined) {
    await docker("container", "rm", "--force", "--volumes", foreign);
  }
  await lago?.dispose();
  await other?.dispose();
});

const portsOf = async (stack: TestStack) => (await stack.outputs()).ports as Ports;
const health = async (port: number) => (await fetch(`http://127.0.0.1:${port}/health`)).status;

/** The ports that the engine really published. */
async function published({ project }: TestStack): Promise<Record<string, string | undefined>> {
  const containers = await containersOf(project);
  const port = (service: string, inside: string) =>
    containers.get(service)?.HostConfig.PortBindings?.[inside]?.[0]?.HostPort;
  return { api: port("api", "3000/tcp"), front: port("front", "80/tcp") };
}

/** Saves the stack's keys, or gives them back. */
async function keys(command: "export" | "import"): Promise<void> {
  const file = join(lago.workspace.folder, "keys.json");
  const option = command === "export" ? "--output" : "--input";
  must(await lago.cli(["keys", command, "--stack", lago.stack, option, file]));
}

describe("ports that are to be found", () => {
  it("are known in the first preview, answer, and are outputs", async () => {
    const preview = must(await lago.preview());
    await lago.mustUp();

    first = await portsOf(lago);
    expect(first.address).toBe("127.0.0.1");
    expect(preview.stdout).toContain(`http://localhost:${first.api}`);
    expect(await published(lago)).toEqual({ api: `${first.api}`, front: `${first.front}` });
    expect(await health(first.api)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${first.front}/`)).status).toBe(200);
    expect(await lago.outputs()).toMatchObject({
      apiUrl: `http://localhost:${first.api}`,
      frontUrl: `http://localhost:${first.front}`,
    });
  });

  it("are no change in the next preview", async () => {
    must(await lago.preview("--expect-no-changes"));
  });

  it("are others for another stack", async () => {
    await other.mustUp();
    const ports = await portsOf(other);
    expect(new Set([first.api, first.front, ports.api, ports.front]).size).toBe(4);
    expect(await health(ports.api)).toBe(200);
    expect(await health(first.api)).toBe(200);
  });

  it("stay when somebody takes one while the deployment is down, who is named", async () => {
    const ids = [...(await containersOf(lago.project)).values()].map(({ Id }) => Id);
    await docker("container", "rm", "--force", "--volumes", ...ids);
    foreign = `${lago.project}-foreign`;
    const publish = `127.0.0.1:${first.api}:6379`;
    await docker("run", "--detach", "--name", foreign, "--publish", publish, "redis:7-alpine");

    const refused = await lago.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(
      `ports.api: port ${first.api} is held by container ${foreign}`,
    );

    await docker("container", "rm", "--force", "--volumes", foreign);
    foreign = undefined;
    await lago.mustUp();
    expect(await portsOf(lago)).toEqual(first);
    expect(await health(first.api)).toBe(200);
  });

  it("are the same again after the stack was destroyed and its volumes kept", async () => {
    await keys("export");
    must(await lago.destroy());
    expect(await containersOf(lago.project)).toEqual(new Map());
    await keys("import");

    await lago.mustUp();
    expect(await portsOf(lago)).toEqual(first);
    expect(await health(first.api)).toBe(200);
  });
});
