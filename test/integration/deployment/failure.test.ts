/** What the error of a service says: enough to act on, no secret, and never more than 8 KiB. */
import { describe, expect, it } from "vitest";
import { errorText } from "../../../src/cli/output/output.ts";
import { psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { SECRETS, SMALL, secretsIn } from "../../support/sample.ts";
import { DONE, failureOf, HEALTHY, useScenarios } from "./scenarios.ts";

useScenarios();

const HUGE = `${"x".repeat(199)}\n`.repeat(20_000);
const MAX_ERROR_BYTES = 8 * 1024;

/** A deployment whose api is never healthy, by what its last health check printed. */
function unhealthy(output: string): Script {
  const api = psLine("api", { Health: "unhealthy", Image: "getlago/api:v1.50.0" });
  const inspected = [
    {
      Id: "api-id",
      State: { Health: { Log: [{ ExitCode: 1, Output: output }] } },
      HostConfig: { RestartPolicy: { Name: "unless-stopped" } },
    },
  ];
  return {
    ...HEALTHY,
    ps: [{}, { stdout: psLine("db") + DONE + api }],
    "container inspect": { stdout: JSON.stringify(inspected) },
    up: {
      exitCode: 1,
      stderr: "dependency failed to start: container x-api-1 is unhealthy\n",
    },
    logs: { stdout: "api-1  | listening\n" },
  };
}

describe("a service that is never healthy", { concurrent: true }, () => {
  it("is told with its image, its health check's last words, its log and the next command", async () => {
    const said = `\u001b[31mcurl: (22) 500\u001b[0m with ${SECRETS.password}\n`;
    const { error, projectName } = await failureOf(unhealthy(said));
    expect(error).toMatchObject({
      kind: "NotReady",
      service: "api",
      image: "getlago/api:v1.50.0",
    });
    expect(error.message).toContain("Its image: getlago/api:v1.50.0.");
    expect(error.message).toContain(
      "Its last health check that failed said:\ncurl: (22) 500 with [secret]\n",
    );
    expect(error.message).toContain("api-1  | listening");
    expect(error.message).toContain(`./zbl logs api --project ${projectName}`);
    expect(secretsIn(error.message)).toEqual([]);
  });

  it("is told likewise at the deadline", async () => {
    const script = { ...unhealthy("curl: (7) refused\n"), up: {} };
    const { error } = await failureOf(script, { startTimeoutSeconds: 1 });
    expect(error).toMatchObject({ kind: "DeadlineExceeded", service: "api" });
    expect(error.message).toContain("curl: (7) refused");
  });
});

describe("docker's own words", { concurrent: true }, () => {
  const unknown =
    "failed to create network x_default: Error response from daemon: iptables: No chain/target/match by that name.\n";
  const created = psLine("api", { State: "created", Health: "" });

  it.each([
    ["before any container exists", ""],
    ["when a container is made and not started", psLine("db") + DONE + created],
    ["while another service comes up", psLine("db", { Health: "starting" }) + created],
    [
      "when a container that had ended is not started again",
      psLine("db") + DONE + psLine("api", { State: "exited", Health: "", ExitCode: 128 }),
    ],
  ])("are told although no pattern knows them, %s", async (_, stdout) => {
    const stderr = ` Network x_default  Creating\n${unknown}with ${SECRETS.password}\n`;
    const up = { exitCode: 1, stderr };
    const { error, projectName } = await failureOf({ ...HEALTHY, ps: [{}, { stdout }], up });
    expect(error).toMatchObject({ kind: "CommandFailed", exitCode: 1, service: undefined });
    expect(error.message).toMatch(
      new RegExp(`^Starting the services of project ${projectName} failed: `),
    );
    expect(error.message).toContain(`${unknown}with [secret]`);
    expect(error.message).toContain("run the same command again");
    expect(secretsIn(error.message)).toEqual([]);
  });

  it.each([
    ["that a service failed", "dependency failed to start: container x-api-1 exited (1)\n"],
    ["nothing", ""],
  ])("leave the cause to the services where they say %s", async (_, stderr) => {
    const api = psLine("api", { State: "restarting", Health: "", ExitCode: 1 });
    const script = { ...HEALTHY, ps: [{}, { stdout: psLine("db") + DONE + api }] };
    const { error } = await failureOf({ ...script, up: { exitCode: 1, stderr } });
    expect(error).toMatchObject({ kind: "NotReady", service: "api" });
    expect(error.message).toContain("failed: restarting after exit code 1.");
  });
});

describe("a start that fails before the culprit runs", { concurrent: true }, () => {
  const beginning = " Network x_default  Creating\n Network x_default  Created\n";
  const failing = (stderr: string, stdout = "") =>
    failureOf({ ...HEALTHY, ps: [{}, { stdout }], up: { exitCode: 1, stderr } });

  it.each([
    [
      "NetworkNotFound",
      "Error response from daemon: network proxy-net not found",
      "docker network create proxy-net",
    ],
    ["VolumeNotFound", 'external volume "lago_data" not found', "docker volume create lago_data"],
    [
      "SubnetTaken",
      "failed to create network x_default: Error response from daemon: Pool overlaps with other one on this address space",
      "another `subnet`",
    ],
    [
      "MountFailed",
      'Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/certs',
      "`volumes`",
    ],
    [
      "PluginNotFound",
      'Error response from daemon: error looking up logging plugin loki: plugin "loki" not found',
      "`logging`",
    ],
  ])("is of kind %s, with docker's words and not compose's progress", async (kind, words, next) => {
    const { error } = await failing(`${beginning}${words}\n`);
    expect(error).toMatchObject({ kind, exitCode: 1, service: undefined });
    expect(error.message).toContain(words);
    expect(error.message).toContain(next);
    expect(error.message).not.toContain("Creating");
  });

  it("names the service whose container could not be made", async () => {
    const words = "Error response from daemon: Minimum memory limit allowed is 6MB";
    const steps = " Container PROJECT-db-1  Created\n Container PROJECT-migrate-1  Creating\n";
    const made = psLine("db", { State: "created", Health: "" });
    const { error, projectName } = await failing(`${steps}${words}\n`, made);
    expect(error).toMatchObject({ kind: "CommandFailed", service: "migrate", exitCode: 1 });
    expect(error.message).toMatch(
      new RegExp(`^Service migrate of project ${projectName} was not started: `),
    );
    expect(error.message).toContain(words);
  });

  it("says what docker said of a service that never ran", async () => {
    const stderr = "dependency failed to start: no container of service migrate";
    const { error } = await failing(stderr, psLine("db"));
    expect(error).toMatchObject({ kind: "NotReady", service: "api" });
    expect(error.message).toContain(`Docker said:\n${stderr}`);
  });
});

describe("an error is 8 KiB at most", { concurrent: true }, () => {
  const sizeOf = (error: unknown) => Buffer.byteLength(`${errorText(error)}\n`);

  it("with huge logs and a huge health check, and says what to do at its end", async () => {
    const script = { ...unhealthy(`${"é\n".repeat(1_300)}`), logs: { stdout: HUGE } };
    const { error } = await failureOf(script);
    expect(sizeOf(error)).toBeLessThanOrEqual(MAX_ERROR_BYTES);
    expect(error.message).toMatch(/^Service api .* failed: unhealthy/);
    expect(error.message).toMatch(/shows more\.$/);
    expect(error.message).not.toContain("left out");
  });

  it("with many services that are not ready either", async () => {
    const { services } = JSON.parse([SMALL.config ?? {}].flat()[0]?.stdout ?? "");
    for (let n = 0; n < 300; n += 1) {
      services[`worker-${n}`] = { image: "getlago/api:v1.50.0" };
    }
    const script = { ...unhealthy("no\n"), config: { stdout: JSON.stringify({ services }) } };
    const { error } = await failureOf({ ...script, logs: { stdout: HUGE } });
    expect(sizeOf(error)).toBeLessThanOrEqual(MAX_ERROR_BYTES);
    expect(error.message).toMatch(/^Service api .* failed: unhealthy/);
    expect(error.message).toContain("worker-115 (not created yet) and 280 more.");
    expect(error.message).toMatch(/shows more\.$/);
    expect(error.message).not.toContain("left out");
  });

  it("with huge words of docker, however long their lines are", async () => {
    for (const stderr of [HUGE, "y".repeat(5_000_000)]) {
      const { error } = await failureOf({
        ...HEALTHY,
        pull: { exitCode: 1, stderr: `${stderr}\nwrite /x: no space left on device` },
      });
      expect(error.kind).toBe("DiskFull");
      expect(sizeOf(error)).toBeLessThanOrEqual(MAX_ERROR_BYTES);
      expect(error.message).toContain("docker system df");
    }
  });
});
