/** What the project's provider makes of `auto`, from the first preview on. */
import { createServer } from "node:net";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { keepAllocated } from "../../src/pulumi/stack/project-ports.ts";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import { bindingLine, containerLine, type Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useSocket } from "../../testing/scripted-docker/fake-docker.ts";
import { errorOf, SMALL } from "../support/sample.ts";
import { DOWN, PROVIDER, reasonsIn, SPEC } from "./sample-project.ts";

const AUTO: DeploymentSpec = { ...SPEC, ports: { api: "auto" } };

afterEach(() => {
  vi.unstubAllEnvs();
});

type Inputs = ProjectInputs & typeof PROVIDER;

/** Checks a spec, for a new stack or one with these inputs in its state. */
async function check(spec: object, before?: Inputs) {
  const olds = before ?? ({} as Inputs);
  const result = await projectProvider.check(olds, { ...PROVIDER, spec: spec as DeploymentSpec });
  const inputs = result.inputs as Inputs;
  return { inputs, api: inputs.ports?.api, reasons: reasonsIn(result.failures) };
}

/** A host on which another project has a port. */
const heldByShop = (port: number): Script => ({
  "container ls": {
    stdout: `${JSON.stringify({
      ID: "id",
      Names: "shop-web-1",
      Labels: "com.docker.compose.project=shop",
      Ports: `127.0.0.1:${port}->80/tcp`,
    })}\n`,
  },
  "container inspect": { stdout: bindingLine("shop", "web", 80, port) },
});

describe("the first preview", () => {
  it("finds the port, which the real run and each later preview finds again", async () => {
    useFakeDocker(SMALL);
    const preview = await check(AUTO);
    expect(preview.reasons).toEqual([]);
    expect(preview.api).toBeGreaterThanOrEqual(20_000);
    expect(preview.inputs.spec).toEqual(AUTO);

    const { inputs } = await check(AUTO);
    expect(inputs).toEqual(preview.inputs);
    const { id, outs } = await projectProvider.create(inputs);
    const later = (await check(AUTO, inputs)).inputs;
    expect(later).toEqual(inputs);
    expect(await projectProvider.diff(id, { ...outs, ...PROVIDER }, later)).toEqual({
      changes: false,
    });
  });

  it("still finds everything else", async () => {
    useFakeDocker(SMALL);
    expect((await check({ ...AUTO, variables: [] })).reasons).toEqual([
      "InvalidConfig: environment.SECRET_KEY_BASE: set it",
    ]);
    expect((await check({ ...AUTO, pullPolicy: "x" })).reasons).toEqual([
      expect.stringContaining("InvalidConfig: pullPolicy: "),
    ]);
    const ports = { api: "auto", front: "any" };
    expect((await check({ ...AUTO, ports })).reasons).toEqual([
      'InvalidConfig: ports.front: expected a port, 1 to 65535, or "auto"',
    ]);
  });

  it("still finds names that others hold", async () => {
    const foreign = { ID: "id", Names: "lago-test-api-1", Labels: "", Ports: "" };
    useFakeDocker({ ...SMALL, "container ls": { stdout: JSON.stringify(foreign) } });
    expect((await check(AUTO)).reasons).toEqual([
      expect.stringContaining("PortTaken: projectName: the container name lago-test-api-1"),
    ]);
  });

  it("says when no port is free", async () => {
    useFakeDocker({
      ...SMALL,
      "container ls": { stdout: containerLine("id") },
      "container inspect": { stdout: bindingLine("shop", "web", 80, "20000-29999") },
    });
    expect((await check(AUTO)).reasons).toEqual([
      expect.stringContaining("PortTaken: ports.api: no port from 20000 to 29999 is free"),
    ]);
  });

  it("leaves the port to the real run while the engine cannot be asked, which then says so", async () => {
    useFakeDocker({ ...SMALL, "container ls": DOWN });
    const { inputs, reasons } = await check(AUTO);
    expect(reasons).toEqual([]);
    expect(inputs).not.toHaveProperty("ports");
    const error = await errorOf(projectProvider.create(inputs));
    expect(error.kind).toBe("DaemonUnreachable");
    expect(error.message).toContain("No ports were allocated to project lago-test");
  });
});

describe("a later preview", () => {
  it("keeps the port although another project took it meanwhile, and names that project", async () => {
    useFakeDocker(SMALL);
    const { inputs, api = 0 } = await check(AUTO);
    useFakeDocker({ ...SMALL, ...heldByShop(api) });
    const later = await check(AUTO, inputs);
    expect(later.api).toBe(api);
    expect(later.reasons).toEqual([
      `PortTaken: ports.api: port ${api} is held by container shop-web-1 of project shop; choose another port, or free it, then run the same command again`,
    ]);
  });

  it("names the program that took the port while the deployment is down", async () => {
    const docker = useFakeDocker(SMALL);
    const { inputs, api = 0 } = await check(AUTO);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(api, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    await useSocket(docker);
    const { reasons } = await check(AUTO, inputs);
    expect(reasons).toEqual([
      expect.stringContaining(`PortTaken: ports.api: port ${api} is held by`),
    ]);
    if (process.platform === "linux") {
      expect(reasons[0]).toContain(`(process ${process.pid})`);
    }
  });

  it("knows the port without an engine", async () => {
    useFakeDocker(SMALL);
    const { inputs } = await check(AUTO);
    useFakeDocker({ ...SMALL, "container ls": DOWN });
    expect(await check(AUTO, inputs)).toMatchObject({ inputs, reasons: [] });
  });

  it("of a stack whose state was lost keeps what the containers publish", async () => {
    useFakeDocker({
      ...SMALL,
      "container ls": { stdout: containerLine("id") },
      "container inspect": { stdout: bindingLine("lago-test", "api", 3000, 21_777) },
    });
    expect((await check(AUTO)).api).toBe(21_777);
  });

  it("follows the settings: a number, and another one", async () => {
    useFakeDocker(SMALL);
    const { inputs } = await check(AUTO);
    const given = await check({ ...SPEC, ports: { api: 4000 } }, inputs);
    expect(given.api).toBe(4000);
    // Nothing publishes 4000: this begins anew.
    expect((await check(AUTO, given.inputs)).api).toBe(inputs.ports?.api);
  });
});

describe("keeping what was allocated", () => {
  const before = {
    wanted: { api: "auto", front: 80 } as const,
    ports: { api: 21_001, front: 80, address: "::1" },
  };

  it.each([
    [{ api: "auto", front: "auto" } as const, { api: 21_001, front: "auto" }],
    [{ api: "auto", address: "::1" } as const, { api: 21_001, address: "::1" }],
    [
      { api: 4000, front: 80 },
      { api: 4000, front: 80 },
    ],
    [{}, {}],
    [undefined, undefined],
  ])("makes %j %j", (wanted, kept) => {
    expect(keepAllocated(wanted, before)).toEqual(kept);
  });

  it("keeps nothing of a stack that is new, or had no port for the service", () => {
    const wanted = { api: "auto" } as const;
    expect(keepAllocated(wanted, { wanted: undefined, ports: undefined })).toBe(wanted);
    expect(keepAllocated(wanted, { wanted, ports: { address: "::1" } })).toBe(wanted);
  });
});
