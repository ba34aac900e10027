/** The compose file that comes with the project, by the library and by the program. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployStatusOf } from "../../src/deployment/inspected-status.ts";
import { ComposeProject } from "../../src/deployment/project.ts";
import { containersOf, environmentOf } from "../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";
import { expectNoSecret } from "./support/secrets.ts";

let lago: TestStack;

beforeAll(async () => {
  lago = await createTestStack();
});

afterAll(async () => {
  await lago?.dispose();
});

describe("a deployment of the bundled file", () => {
  it("comes up healthy with generated secrets and no database port on the host", async () => {
    await lago.mustUp();

    const containers = await containersOf(lago.project);
    expect(containers.get("api")?.State.Health?.Status).toBe("healthy");
    expect(containers.get("migrate")?.State.ExitCode).toBe(0);
    const published = [...containers].filter(
      ([, { HostConfig }]) => Object.keys(HostConfig.PortBindings ?? {}).length > 0,
    );
    expect(published.map(([service]) => service).sort()).toEqual(["api", "front"]);
    const api = await environmentOf(lago.project, "api");
    expect(api.LAGO_SIDEKIQ_WEB).toBe("false");
    must(await lago.preview("--expect-no-changes"));
    await expectNoSecret(lago, api);

    const project = new ComposeProject(lago.project);
    expect(deployStatusOf(await project.containers())).toEqual(await project.status());
  });

  it("keeps its generated secrets over changes", async () => {
    const secretsOf = async () => {
      const { SECRET_KEY_BASE, LAGO_ENCRYPTION_PRIMARY_KEY, DATABASE_URL, LAGO_RSA_PRIVATE_KEY } =
        await environmentOf(lago.project, "api");
      return { SECRET_KEY_BASE, LAGO_ENCRYPTION_PRIMARY_KEY, DATABASE_URL, LAGO_RSA_PRIVATE_KEY };
    };
    const before = await secretsOf();
    await lago.set("apiUrl", "https://billing-api.example.com");
    // With signup open to the public it would be refused.
    await lago.set("disableSignup", "true");
    await lago.mustUp();

    expect(await secretsOf()).toEqual(before);
    expect((await environmentOf(lago.project, "front")).API_URL).toBe(
      "https://billing-api.example.com",
    );
    must(await lago.destroy());
  });
});
