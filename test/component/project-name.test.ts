/** The name of a stack's project where nobody chose one, and deployments of plain compose beside it. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { keysProvider } from "../../src/pulumi/stack/keys-provider.ts";
import type { NameOrigin } from "../../src/pulumi/stack/project-name.ts";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { folderOf } from "../support/plain-compose.ts";
import { resolved, reveal } from "../support/pulumi-mocks.ts";
import { SMALL } from "../support/sample.ts";
import { PROVIDER, reasonsIn, SPEC } from "./sample-project.ts";
import { build, COMPOSE, KEYS } from "./stack.ts";

const ORIGIN: NameOrigin = { from: "files", ofStack: "lago-prod" };

describe("a stack without a chosen name", () => {
  it("takes the name in its files", async () => {
    const { stack, byName } = await build({ lagoPath: folderOf("adopt-named") });
    expect(await resolved(stack.projectName)).toBe("acme-billing");
    const { spec, nameOrigin } = reveal<ProjectInputs & { nameOrigin: NameOrigin }>(
      byName("lago-project").inputs,
    );
    expect(spec.projectName).toBe("acme-billing");
    expect(nameOrigin).toEqual({ from: "files", ofStack: "lago-dev" });
    const { environment } = byName("lago-anchor").inputs as { environment: object };
    expect(JSON.stringify(reveal(environment))).toContain('\\"projectName\\":\\"acme-billing\\"');
  });

  it("is named by the stack where the files have no name, with the inputs of earlier releases", async () => {
    const { stack, byName } = await build({ lagoPath: folderOf("adopt-env-file") });
    expect(await resolved(stack.projectName)).toBe("lago-dev");
    expect(Object.keys(byName("lago-project").inputs)).not.toContain("nameOrigin");
  });

  it("is what it is told to be", async () => {
    const { stack } = await build({ lagoPath: folderOf("adopt-named"), projectName: "other" });
    expect(await resolved(stack.projectName)).toBe("other");
  });
});

describe("the name in the files", () => {
  async function check(
    projectName: string,
    oldName: string | undefined,
    script: Script = {},
    nameOrigin: NameOrigin = ORIGIN,
  ) {
    useFakeDocker({ ...SMALL, ...script });
    const olds = oldName === undefined ? {} : { spec: { ...SPEC, projectName: oldName } };
    const news = { ...PROVIDER, spec: { ...SPEC, projectName }, nameOrigin, stack: "prod" };
    const { inputs, failures } = await projectProvider.check(
      { ...PROVIDER, ...olds } as never,
      news,
    );
    return { inputs: inputs as ProjectInputs, reasons: reasonsIn(failures) };
  }

  it("renames no deployment that was made before it counted", async () => {
    const { inputs, reasons } = await check("acme", "lago-prod");
    expect(reasons).toEqual([]);
    expect(inputs.spec.projectName).toBe("lago-prod");
    expect(inputs).not.toHaveProperty("nameOrigin");
    const keys = { projectName: "lago-prod", given: {}, allowKeyChange: [], ...KEYS, ...PROVIDER };
    const project = { spec: SPEC, nameOrigin: ORIGIN };
    const kept = await keysProvider.check(keys, { ...keys, projectName: "acme", project } as never);
    expect(kept.inputs).toMatchObject({ projectName: "lago-prod" });
  });

  it("is refused as another name of a deployment that had one of its own", async () => {
    const { reasons } = await check("acme", "lago-other");
    expect(reasons).toEqual([expect.stringContaining('cannot change from "lago-other" to "acme"')]);
  });

  const LABELS = {
    "com.docker.compose.project": "acme",
    "com.docker.compose.service": "api",
    "com.docker.compose.config-hash": "0a",
    "com.docker.compose.project.config_files": "/srv/lago/compose.yaml",
  };
  const running = (labels: object, Image = "getlago/api:v1.50.0"): Script => ({
    "container ls": {
      stdout: JSON.stringify({ ID: "id", Names: "x", Image, Command: "", Labels: labels }),
    },
    "container inspect": { stdout: "[]\n" },
  });

  it("is free for a stack that nobody is in the way of", async () => {
    expect((await check("acme", undefined)).reasons).toEqual([]);
  });

  it("is not shared with plain compose, which the stack can take over", async () => {
    const { reasons } = await check("acme", undefined, running(LABELS));
    expect(reasons).toEqual([
      'InvalidProjectName: projectName: nobody chose one, so it is "acme", the `name:` of the compose files, and the engine has containers of that project, which are not of this stack. It was made by plain docker compose. To take it over with its data: ./zbl adopt --project acme --stack prod. To deploy another one, which begins EMPTY: ./zbl set prod projectName lago-prod',
    ]);
  });

  it("is not shared with another stack of the same files", async () => {
    const files = { "com.docker.compose.project.config_files": "/srv/lago/compose.yaml,-" };
    const { reasons } = await check("acme", undefined, running({ ...LABELS, ...files }));
    expect(reasons).toEqual([
      expect.stringContaining(
        "To have this stack manage that project: ./zbl set prod projectName acme. To deploy another one, which begins EMPTY: ./zbl set prod projectName lago-prod",
      ),
    ]);
  });

  it("is not shared with data that somebody left", async () => {
    const { reasons } = await check("acme", undefined, {
      "volume ls": { stdout: "acme_pg\tacme\tpg\n" },
    });
    expect(reasons).toEqual([expect.stringContaining("the engine has volumes with data")]);
  });

  it("is not begun anew beside the data that the stack had before it counted", async () => {
    const { reasons } = await check("acme", undefined, {
      "volume ls": { stdout: "lago-prod_pg\tlago-prod\tpg\n" },
    });
    expect(reasons).toEqual([
      expect.stringContaining(
        'To go on with that one: ./zbl set prod projectName lago-prod. To deploy "acme", which begins EMPTY: ./zbl set prod projectName acme',
      ),
    ]);
  });

  it("is left alone where somebody chose it", async () => {
    const chosen: NameOrigin = { from: "setting", ofStack: "lago-prod" };
    expect((await check("acme", undefined, running(LABELS), chosen)).reasons).toEqual([]);
  });
});

describe("the preview of a first start beside plain compose", () => {
  /** What a preview says where plain compose runs the files of a folder. */
  async function said(
    args: (folder: string) => object,
    format?: "json",
    script: (files: string) => Script = running,
  ) {
    const folder = folderOf("adopt-env-file");
    vi.stubEnv("Z_BILLING_LAGO_PLAN_FORMAT", format ?? "");
    const [info, warn] = [vi.spyOn(pulumi.log, "info"), vi.spyOn(pulumi.log, "warn")];
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const compose = { ...COMPOSE, ...script(`${folder}/compose.yaml`) };
    await build(args(folder), { preview: true, compose });
    const found = (calls: typeof info.mock.calls) =>
      calls.map(([message]) => message).filter((text) => text.includes("shop-billing"));
    await vi.waitFor(() => expect(found(warn.mock.calls)).not.toEqual([]));
    return { info: found(info.mock.calls), warn: found(warn.mock.calls) };
  }

  const running = (files: string): Script => ({
    "container ls": {
      stdout: JSON.stringify({
        ID: "id",
        Names: "x",
        Image: "getlago/api:v1.50.0",
        Command: "",
        State: "running",
        Labels: {
          "com.docker.compose.project": "shop-billing",
          "com.docker.compose.service": "api",
          "com.docker.compose.config-hash": "0a",
          "com.docker.compose.project.config_files": files,
        },
      }),
    },
    "container inspect": { stdout: "[]\n" },
  });

  it("names the deployment of the same file as a risk for data, and the way to take it over", async () => {
    const { warn } = await said((lagoPath) => ({ lagoPath }));
    expect(warn).toEqual([
      expect.stringMatching(
        /^DATA AT STAKE: project lago-dev would begin EMPTY, beside project shop-billing,.*zbl adopt --project shop-billing.*\. To accept: allowDataRisk "empty-beside:shop-billing"/,
      ),
    ]);
  });

  it("hands the risk on to the command that asks", async () => {
    const { info } = await said((lagoPath) => ({ lagoPath }), "json");
    expect(info).toHaveLength(1);
    expect(JSON.parse(info[0] ?? "")).toMatchObject({
      "z-billing-lago.risks": {
        project: "lago-dev",
        risks: [{ name: "empty-beside:shop-billing", accepted: false }],
      },
    });
  });

  it("only notes it where a name of its own was chosen", async () => {
    const { warn } = await said((lagoPath) => ({ lagoPath, projectName: "lago-staging" }));
    expect(warn).toEqual([expect.stringMatching(/^project lago-staging begins empty\. /)]);
  });
});

describe("an adopted deployment", () => {
  const adopted = {
    adopted: true,
    environment: { SECRET_KEY_BASE: "vN3qZ8rT1xW6yB4mK7pL2sD9fG5hJ0aC" },
    config: { apiUrl: "http://localhost:3000", frontUrl: "http://localhost:80" },
  };

  it("has the variables that somebody chose, and none that are generated or follow from others", async () => {
    const { byName } = await build(adopted);
    const { spec } = reveal<ProjectInputs>(byName("lago-project").inputs);
    expect(spec.variables).toEqual(["LAGO_API_URL", "LAGO_FRONT_URL", "SECRET_KEY_BASE"]);
  });

  it("hands on no key that is generated, which a first preview does not know", async () => {
    const { byName } = await build(adopted);
    const { environment } = byName("lago-deployment").inputs as { environment: object };
    expect(Object.keys(reveal(environment)).filter((name) => !name.startsWith("Z_"))).toEqual([
      "LAGO_API_URL",
      "LAGO_FRONT_URL",
      "SECRET_KEY_BASE",
    ]);
  });

  it("publishes no port anew, but those that somebody chose", async () => {
    const specOfDeployment = async (args: object) => {
      const { byName } = await build({ ...adopted, ...args });
      const { environment } = byName("lago-deployment").inputs as { environment: object };
      const { Z_BILLING_LAGO_SPEC: text = "" } = reveal<Record<string, string>>(environment);
      return JSON.parse(text) as { ports?: object };
    };
    expect((await specOfDeployment({})).ports).toBeUndefined();
    expect((await specOfDeployment({ ports: { api: 8080 } })).ports).toEqual({ api: 8080 });
  });

  it("begins on data without keys of its own: the files give them", async () => {
    useFakeDocker({ ...SMALL, "volume ls": { stdout: "lago-test_pg\tlago-test\tpg\n" } });
    const check = async (spec: object) => {
      const inputs = { projectName: "lago-test", given: {}, allowKeyChange: [], ...PROVIDER };
      const project = { spec: { ...SPEC, ...spec } };
      const { failures } = await keysProvider.check({}, { ...inputs, project } as never);
      return reasonsIn(failures).map((reason) => reason.split(":")[0]);
    };
    expect(await check({})).toContain("KeysChanged");
    expect(await check({ adopted: true })).not.toContain("KeysChanged");
  });

  it("is found at the ports of its containers, whatever the variables of the files say", async () => {
    const services = {
      api: { image: "getlago/api:v1.50.0", ports: ["0.0.0.0:${API_PORT:-3000}:3000"] },
    };
    useFakeDocker({
      ...COMPOSE,
      config: { stdout: JSON.stringify({ services }) },
      "container ls": {
        stdout: JSON.stringify({
          ID: "id",
          Names: "x",
          Labels: {
            "com.docker.compose.project": "lago-test",
            "com.docker.compose.service": "api",
          },
        }),
      },
      "container inspect": {
        stdout: `${JSON.stringify({
          labels: {
            "com.docker.compose.project": "lago-test",
            "com.docker.compose.service": "api",
          },
          declared: { "3000/tcp": [{ HostIp: "", HostPort: "8080" }] },
          state: "running",
        })}\n`,
      },
    });
    const spec = { ...SPEC, adopted: true, variables: ["API_PORT"] };
    const { inputs, failures } = await projectProvider.check(
      { ...PROVIDER, spec } as never,
      { ...PROVIDER, spec } as never,
    );
    expect(reasonsIn(failures)).toEqual([]);
    expect((inputs as ProjectInputs).ports).toEqual({ api: 8080, address: "0.0.0.0" });
  });
});
