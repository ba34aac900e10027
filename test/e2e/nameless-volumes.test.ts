/** What becomes of data in volumes that nobody gave a name, as images and short mounts make them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureStandIns } from "../../sandbox/images/build.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import {
  containerId,
  docker,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../testing/docker.ts";

const IMAGE = "redis:7-alpine";
const project = testName();

let folder: string;
const seen = new Set<string>();

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ images: [IMAGE], report: () => {} });
  folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const redis = { image: IMAGE, environment: { MARK: "${MARK}" }, volumes: ["/nameless"] };
  await writeFile(join(folder, "compose.yaml"), JSON.stringify({ services: { redis } }));
});

afterAll(async () => {
  await removeProject(project);
  const left = (await existing()).filter((name) => seen.has(name));
  if (left.length > 0) {
    await docker("volume", "rm", ...left);
  }
  await rm(folder, { recursive: true });
});

const existing = async () => (await docker("volume", "ls", "--quiet")).split("\n");
const redisId = () => containerId(project, "redis");

/** The volume of the running container. */
async function volume(): Promise<string> {
  const format = '{{range .Mounts}}{{if eq .Destination "/nameless"}}{{.Name}}{{end}}{{end}}';
  const name = await docker("container", "inspect", "--format", format, await redisId());
  // That of the image's own folder, /data, is to go at the end, too.
  const all = await docker(
    ...["container", "inspect", "--format", "{{range .Mounts}}{{println .Name}}{{end}}"],
    await redisId(),
  );
  for (const one of all.split("\n").filter((line) => line !== "")) {
    seen.add(one);
  }
  return name;
}

const inside = async (...command: string[]) => docker("exec", await redisId(), ...command);
const deployment = (MARK: string) =>
  new LagoDeployment(folder, { projectName: project, environment: { MARK }, isolated: false });

it("moves on with a container that is made anew, but is lost sight of by down, which keeps it", async () => {
  await deployment("1").start();
  const first = await volume();
  await inside("sh", "-c", "echo kept > /nameless/word");

  const before = await redisId();
  await deployment("2").start();
  expect(await redisId()).not.toBe(before);
  expect(await volume()).toBe(first);
  expect(await inside("cat", "/nameless/word")).toBe("kept");

  await deployment("2").stop();
  expect(await existing()).toContain(first);
  await deployment("2").start();
  const second = await volume();
  expect(second).not.toBe(first);
  expect(await inside("ls", "/nameless")).toBe("");

  await deployment("2").stop({ removeVolumesOf: project });
  const left = await existing();
  expect(left).not.toContain(second);
  // It belongs to no container any more, and no label tells whose it was.
  expect(left).toContain(first);
});
