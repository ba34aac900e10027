/** Services without a health check on a real engine: when they are ready, and by what. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import { bareApi } from "../../testing/bare-api.ts";
import { removeProject, requireDocker, testName } from "../../testing/docker.ts";
import { freePort } from "../../testing/ports.ts";

const project = testName();
let folder: string;

beforeAll(async () => {
  await requireDocker();
  folder = await mkdtemp(join(tmpdir(), "zbl-test-"));
});

afterAll(async () => {
  await removeProject(project);
  await rm(folder, { recursive: true, force: true });
});

it("a port that is answered makes a service ready, and docker's proxy alone does not", async () => {
  const [open, closed] = [await freePort(), await freePort()];
  const service = (entrypoint: string[], port: number) => ({
    ...{ image: "getlago/lago-gotenberg:7.8.2", init: true, stop_grace_period: "1s", entrypoint },
    ports: [`127.0.0.1:${port}:8000`],
  });
  const services = {
    web: service(["python3", "-m", "http.server", "8000"], open),
    idle: service(["sleep", "600"], closed),
  };
  await writeFile(join(folder, "docker-compose.yml"), stringify({ services }));
  const readyMs = new Map<string, number>();
  const messages: string[] = [];
  await deploy(
    new LagoDeployment(folder, {
      projectName: project,
      ...bareApi("web"),
      pullPolicy: "never",
      onProgress: ({ service: name, message }) => {
        if (name !== undefined) {
          readyMs.set(name, performance.now());
          messages.push(message.replace(/ after .*/, ""));
        }
      },
    }),
  );
  expect(messages).toEqual([`web: answers on port ${open}`, "idle: running"]);
  expect((readyMs.get("idle") ?? 0) - (readyMs.get("web") ?? 0)).toBeGreaterThan(1_000);
});
