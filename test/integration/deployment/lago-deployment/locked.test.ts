/** Which operations wait for others on the same project. */
import { describe, expect, it } from "vitest";
import { deploy } from "../../../../src/deployment/deploy.ts";
import type { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import { ComposeProject } from "../../../../src/deployment/project.ts";
import { eventually } from "../../../../testing/processes.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { beginRun } from "../../../support/locks.ts";
import { errorOf } from "../../../support/sample.ts";
import { ALL_UP, HEALTHY, scenario, useScenarios, verbs } from "../scenarios.ts";

useScenarios();

const UP = { ...HEALTHY, ps: { stdout: ALL_UP } };

describe.runIf(process.platform === "linux")("while another operation is at work", () => {
  it.each<[string, string, (deployment: LagoDeployment) => Promise<unknown>]>([
    ["deploy", "up", deploy],
    ["start", "start", (d) => d.start()],
    ["stop", "down", (d) => d.stop()],
    ["stop with its data", "down", (d) => d.stop({ removeVolumesOf: d.project.name })],
    ["restart", "restart", (d) => d.restart(["api"])],
    ["stopping of some services", "stop", (d) => d.project.stopServices(["api"])],
  ])("%s waits, and changes nothing", async (_, operation, call) => {
    const { docker, deployment, projectName } = scenario(UP, { lockTimeoutSeconds: 0 });
    const other = await beginRun(projectName, { operation: "down" });
    const error = await errorOf(call(deployment));
    expect(error.kind).toBe("Locked");
    expect(error.message).toContain(`\`${operation}\` of project ${projectName} was not begun`);
    // Nothing but the files was looked at.
    expect(verbs(docker).filter((verb) => !["version", "config"].includes(verb))).toEqual([]);
    await other.end();
    await call(deployment);
  });

  it("what only looks does not wait", async () => {
    const { deployment, projectName } = scenario(UP, { lockTimeoutSeconds: 0 });
    const other = await beginRun(projectName);
    expect((await deployment.status()).running).toBe(true);
    await deployment.logs("api");
    await deployment.model();
    await deployment.ports();
    await deployment.pull();
    await deployment.project.inspect([]);
    await other.end();
  });

  it("what can never work is told at once", async () => {
    const { deployment, projectName } = scenario(
      { ...UP, config: { stdout: '{"services":{"api":{"image":"${IMAGE:?set it}"}}}' } },
      { lockTimeoutSeconds: 600 },
    );
    const other = await beginRun(projectName);
    expect((await errorOf(deploy(deployment))).kind).toBe("InvalidConfig");
    expect((await errorOf(deployment.start())).kind).toBe("InvalidConfig");
    await other.end();
  });

  it("a start can be canceled by its own signal", async () => {
    const said: string[] = [];
    const onProgress = ({ message }: { message: string }) => said.push(message);
    const { deployment, projectName } = scenario(UP, { onProgress });
    const other = await beginRun(projectName);
    const canceler = new AbortController();
    const starting = errorOf(deployment.start({ signal: canceler.signal }));
    await eventually("it waits", () => said.some((line) => line.includes("waiting up to 60 s")));
    canceler.abort();
    expect((await starting).kind).toBe("Canceled");
    await other.end();
  });
});

describe.runIf(process.platform === "linux")("two deployments at once", () => {
  it("are done one after the other, each of them whole", async () => {
    const { docker, deployment } = scenario({ ...UP, up: { delayMs: 200 } });
    const again = deployment.withConfig(deployment.config as NonNullable<typeof deployment.config>);
    await Promise.all([deploy(deployment), deploy(again)]);
    const changes = verbs(docker).filter((verb) => ["volume create", "pull", "up"].includes(verb));
    const one = ["pull", "volume create", "up"];
    // The fake docker shows no volumes, so each notes the keys once more when all is up.
    expect(changes).toEqual([...one, "volume create", ...one, "volume create"]);
  });

  it("hand the lock on when the first one fails", async () => {
    const down = [{ exitCode: 1, stderr: "Cannot connect to the Docker daemon", delayMs: 200 }, {}];
    const { docker, projectName } = scenario({ down });
    const project = new ComposeProject(projectName);
    const [first, second] = await Promise.allSettled([project.stop(), project.stop()]);
    expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(docker.calls("down")).toHaveLength(2);
  });

  it("can be kept together with what comes between them", async () => {
    const { docker, deployment, projectName } = scenario({ ...UP, ps: { stdout: psLine("api") } });
    await deployment.project.exclusively("maintenance", async () => {
      await deployment.stop();
      const other = new ComposeProject(projectName, { lockTimeoutSeconds: 0 });
      await other.restart();
      await deployment.start();
    });
    expect(verbs(docker).filter((verb) => ["down", "restart", "up"].includes(verb))).toEqual([
      ...["down", "restart", "up"],
    ]);
  });
});
