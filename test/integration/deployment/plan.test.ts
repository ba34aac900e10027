import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { declarationOf, planInput, planOf } from "../../../src/deployment/plan.ts";
import { concealment } from "../../../src/observe/conceal.ts";
import { driftOf } from "../../../src/plan/drift.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import {
  RECORDED_PATH,
  RECORDED_PROJECT,
  RECORDED_SECRET,
  recorded,
  recordedTwice,
} from "../../support/recorded.ts";
import { errorOf } from "../../support/sample.ts";

const ENVIRONMENT = { POSTGRES_PASSWORD: "hunter2-p@ss$w", API_TOKEN: "hunter2-token" };

const deployment = () =>
  new LagoDeployment(RECORDED_PATH, {
    projectName: RECORDED_PROJECT,
    environment: ENVIRONMENT,
    roles: { api: "api" },
  });

describe("what a plan is made of", () => {
  it("is asked of compose with the files, settings and override that a start has", async () => {
    const docker = useFakeDocker(recorded());
    await planOf(deployment());
    const start = useFakeDocker(recorded());
    await deployment().start();
    const up = start.call("up");
    const files = (args: readonly string[], verb: string) => args.slice(0, args.indexOf(verb));
    for (const verb of ["config --format", "config --hash"]) {
      const { args, stdin, env, cwd } = docker.call(verb);
      expect(files(args, "config"), verb).toEqual(files(up.args, "up"));
      const { PATH: _, ...variables } = env;
      expect({ ...variables, PATH: up.env.PATH }, verb).toEqual(up.env);
      expect({ stdin, cwd }, verb).toEqual({ stdin: up.stdin, cwd: up.cwd });
      expect(stdin).toContain('"services":');
      expect(args.join(" ")).not.toContain(RECORDED_SECRET);
    }
  });

  it("holds no secret", async () => {
    useFakeDocker(recorded());
    const { declared, observed, ...rest } = await planInput(deployment());
    expect(JSON.stringify([declared, observed, rest])).not.toContain(RECORDED_SECRET);
    expect(declared.services.map(({ name }) => name)).toEqual([
      ...["api", "db", "migrate", "off", "worker"],
    ]);
    expect(observed.containers).toHaveLength(5);
  });

  it("shows the same value the same on both sides, so that all is as declared", async () => {
    useFakeDocker(recorded());
    expect(driftOf(await planInput(deployment()))).toEqual([]);
  });

  it("knows which services run once", async () => {
    useFakeDocker(recorded());
    const { services } = await declarationOf(deployment(), concealment("key"));
    expect(services.filter(({ oneShot }) => oneShot).map(({ name }) => name)).toEqual(["migrate"]);
  });

  it("is a declaration that is known already, if there is one", async () => {
    const docker = useFakeDocker(recorded());
    const how = concealment("key");
    const known = await declarationOf(deployment(), how);
    await planOf(deployment(), how, known);
    expect(docker.calls("config --hash")).toHaveLength(1);
  });

  it("is looked at again when a container goes meanwhile", async () => {
    const gone = { exitCode: 1, stderr: "Error response from daemon: No such container: 12" };
    const script = recorded();
    const docker = useFakeDocker({
      ...script,
      "container inspect": [gone, ...[script["container inspect"] ?? []].flat()],
    });
    expect((await planOf(deployment())).changes).toBe(false);
    expect(docker.calls("container ls")).toHaveLength(2);
  });

  it("is not what an engine does not tell", async () => {
    const down = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };
    useFakeDocker({ ...recorded(), "image inspect": down });
    expect(await errorOf(planOf(deployment()))).toMatchObject({ kind: "DaemonUnreachable" });
  });

  it("is whatever is found by each look of its own", async () => {
    useFakeDocker(recordedTwice((containers) => containers.exit("api", 1)));
    expect((await planOf(deployment())).changes).toBe(true);
    expect((await planOf(deployment())).changes).toBe(false);
  });
});

describe("services that are not declared", () => {
  /** What would become of services that the project was found to have beside its own. */
  async function actionsOf(...names: string[]) {
    useFakeDocker(
      recorded((containers) => {
        for (const name of names) {
          containers.add(name);
        }
      }),
    );
    const { services, changes } = await planOf(deployment());
    const found = services.filter(({ service }) => names.includes(service));
    return { changes, actions: found.map(({ service, action }) => [service, action]) };
  }

  it("are removed where a setting once added all of them", async () => {
    expect(await actionsOf("api-events-worker", "api-pdfs-worker")).toEqual({
      changes: true,
      actions: [
        ["api-events-worker", "removed"],
        ["api-pdfs-worker", "removed"],
      ],
    });
  });

  it("are left alone as soon as one of them is somebody else's", async () => {
    expect(await actionsOf("api-events-worker", "traefik")).toEqual({
      changes: false,
      actions: [
        ["api-events-worker", "left alone"],
        ["traefik", "left alone"],
      ],
    });
  });
});
