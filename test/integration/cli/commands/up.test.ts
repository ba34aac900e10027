import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../testing/cli.ts";
import { inspectAnswer, psLine, type Script } from "../../../../testing/scripted-docker/answers.ts";
import { EVERY_FEATURE, LAGO_PATH, SECRETS, SMALL, secretsIn } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";

const { host, folder, project } = useProjects();

const PS = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });
const HEALTHY: Script = {
  ...SMALL,
  ps: { stdout: PS },
  "container inspect": {
    stdout: inspectAnswer({ service: "api" }, { service: "db" }, { service: "migrate" }),
  },
};

/** Findings about what these tests leave out. */
const UNSET_KEYS = [
  "missing-setting:LAGO_RSA_PRIVATE_KEY",
  "missing-setting:LAGO_ENCRYPTION_PRIMARY_KEY",
  "missing-setting:LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "missing-setting:LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
];

describe("up", { concurrent: true }, () => {
  it("starts the deployment and ends with a table, its progress beside it", async () => {
    const { name, docker } = project(HEALTHY);
    const result = await runCli(host, ["up", "--project", name, "--path", LAGO_PATH], {
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.stdout.trimEnd().split("\n")).toEqual([
      "SERVICE  STATUS     HEALTH   PORTS  IMAGE",
      "api      Running    healthy  -      getlago/api",
      "db       Running    healthy  -      getlago/db",
      "migrate  Completed  -        -      getlago/migrate",
    ]);
    expect(result.stderr).toMatch(/^migrate: completed after [\d.]+ s$/m);
    expect(docker.call("up").env.SECRET_KEY_BASE).toBe(SECRETS.secretKeyBase);
    expect(secretsIn(result.stdout + result.stderr)).toEqual([]);
  });

  it.each([
    ["the option", ["--timings"], {}],
    ["the variable that Pulumi hands on", [], { Z_BILLING_LAGO_TIMINGS: "1" }],
  ])("says what the time was spent on when %s asks for it", async (_, option, variables) => {
    const { name } = project(HEALTHY);
    const result = await runCli(
      host,
      ["up", "--project", name, "--path", LAGO_PATH, "--json", ...option],
      { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase, ...variables } },
    );
    expect(JSON.parse(result.stdout)).toMatchObject({ project: name });
    const steps = "program, checks, lock, volumes and keys, ports, pull, looking, start, health";
    const time = String.raw` \d+\.\d\d s`;
    const line = `^timings: ${steps.replaceAll(",", `${time},`)}${time}, \\d+\\.\\d\\d s in all$`;
    expect(result.stderr).toMatch(new RegExp(line, "m"));
  });

  it("tells of what was done when it fails", async () => {
    const full = { exitCode: 1, stderr: "write /var/lib/docker/x: no space left on device" };
    const { name } = project({ ...HEALTHY, pull: full });
    const args = ["up", "--project", name, "--path", LAGO_PATH, "--timings"];
    const result = await runCli(host, args, { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase } });
    expect(result.exitCode).toBe(EXIT_CODES.DiskFull);
    expect(result.stderr).toMatch(/^timings: .*, ports [\d.]+ s, [\d.]+ s in all$/m);
  });

  it("hands on its options", async () => {
    const taken = {
      exitCode: 1,
      stderr: "Bind for 127.0.0.1:4000 failed: port is already allocated",
    };
    const { name, docker } = project({ ...EVERY_FEATURE, up: taken });
    const envFile = join(folder, "settings.env");
    const lines = [
      ...["SENTRY_DSN='https://x?a=$b'", 'POSTGRES_PASSWORD="two words"', "API_PORT=5001"],
      "LAGO_FROM_EMAIL=billing@${DOMAIN:-example.com} # ours",
    ];
    writeFileSync(envFile, lines.join("\n"));
    const { exitCode } = await runCli(
      host,
      [
        ...["up", "-p", name, "--path", LAGO_PATH, "-f", "docker-compose.yml"],
        ...["--profile", "tools", "--env-file", envFile, "--start-timeout", "77"],
        ...["--api-port", "4000", "--front-port", "4080", "--address", "::1"],
        ...["--pull-policy", "always", "--allow-unsafe", ...UNSET_KEYS],
      ],
      { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase, API_PORT: "5000", SOMETHING: "else" } },
    );
    expect(exitCode).toBe(EXIT_CODES.PortTaken);
    const { args, env, stdin } = docker.call("up");
    expect(args).toContain("tools");
    expect(docker.call("pull").args.slice(-2)).toEqual(["--policy", "always"]);
    expect(args.slice(args.indexOf("up"))).toEqual(["up", "--detach", "--pull", "missing"]);
    expect(stdin).toContain('"[::1]:4000:3000"');
    expect(stdin).toContain('"[::1]:4080:80"');
    expect(stdin).toContain('"start_period": "300s"');
    expect(stdin).toContain('"SENTRY_DSN": "${SENTRY_DSN:-}"');
    expect(env).toMatchObject({
      SENTRY_DSN: "https://x?a=$b",
      POSTGRES_PASSWORD: "two words",
      SECRET_KEY_BASE: SECRETS.secretKeyBase,
      // As for compose, a variable of the caller counts more than the file.
      API_PORT: "5000",
      LAGO_FROM_EMAIL: "billing@example.com",
    });
    expect(env).not.toHaveProperty("SOMETHING");
  });

  it("refuses an environment file as compose does, with the line", async () => {
    const { name } = project(EVERY_FEATURE);
    const envFile = join(folder, "broken.env");
    writeFileSync(envFile, "A=1\nSECRET_KEY_BASE='pr1vate\n");
    const args = ["up", "-p", name, "--path", LAGO_PATH, "--env-file", envFile];
    const { exitCode, stderr } = await runCli(host, args);
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toContain(
      `${envFile} line 2: has no closing ' for the value of SECRET_KEY_BASE`,
    );
    expect(stderr).not.toContain("pr1vate");
  });

  it("finds ports for auto, and sets the URLs that lead there", async () => {
    const { name, docker } = project(HEALTHY);
    const { exitCode } = await runCli(
      host,
      ["up", "--project", name, "--path", LAGO_PATH, "--api-port", "auto"],
      { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase } },
    );
    expect(exitCode).toBe(0);
    const { stdin, env } = docker.call("up");
    const [, port] = /"127\.0\.0\.1:(2\d{4}):3000"/.exec(stdin) ?? [];
    expect(env.LAGO_API_URL).toBe(`http://localhost:${port}`);
    // There is no front in these files, and so no port of it.
    expect(env.LAGO_FRONT_URL).toBe("http://localhost:80");
  });

  it("refuses a port for a service that the files do not have", async () => {
    const { name, docker } = project(HEALTHY);
    const args = ["up", "--project", name, "--path", LAGO_PATH, "--front-port", "auto"];
    const env = { SECRET_KEY_BASE: SECRETS.secretKeyBase };
    const { exitCode, stderr } = await runCli(host, args, { env });
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toContain(
      "ports.front: none of the services is known as Lago's front. The services are api, db and migrate.",
    );
    expect(docker.calls("up")).toEqual([]);
  });

  it("takes the project's name from the folder when none is given", async () => {
    const docker = host.docker({ config: { exitCode: 15, stderr: "yaml: x" } }, "every-feature");
    const { exitCode } = await runCli(host, ["up", "--path", LAGO_PATH]);
    expect(exitCode).toBe(14);
    expect(docker.call("config").args).toContain("every-feature");
  });

  it("warns of settings, except under a stack, whose preview has done so", async () => {
    const env = { SECRET_KEY_BASE: SECRETS.secretKeyBase };
    const address = "10.0.0.1";
    const plain = project(HEALTHY);
    const args = ["--project", plain.name, "--path", LAGO_PATH, "--address", address];
    expect((await runCli(host, ["up", ...args], { env })).stderr).toContain("warning: ");
    const { name } = project(HEALTHY);
    const variables = ["SECRET_KEY_BASE"];
    const spec = { projectName: name, lagoPath: LAGO_PATH, ports: { address }, variables };
    const stacks = await runCli(host, ["up", "--json"], {
      env: { ...env, Z_BILLING_LAGO_SPEC: JSON.stringify(spec) },
    });
    expect(stacks.exitCode).toBe(0);
    expect(stacks.stderr).toContain("api: healthy");
    expect(stacks.stderr).not.toContain("warning: ");
  });

  it("takes everything from the Pulumi program when there is one behind it", async () => {
    const { name, docker } = project(HEALTHY);
    const spec = {
      projectName: name,
      lagoPath: LAGO_PATH,
      restartToken: "7",
      variables: ["SECRET_KEY_BASE", "SENTRY_DSN"],
    };
    const { exitCode, stdout } = await runCli(host, ["up", "--json"], {
      env: {
        Z_BILLING_LAGO_SPEC: JSON.stringify(spec),
        SECRET_KEY_BASE: SECRETS.secretKeyBase,
        SENTRY_DSN: "https://x",
        LAGO_LICENSE: "not ours",
      },
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ project: name, running: true });
    expect(docker.call("up").env).toMatchObject({ SENTRY_DSN: "https://x" });
    expect(docker.call("up").env).not.toHaveProperty("LAGO_LICENSE");
    expect(docker.call("up").stdin).toContain('"z-billing-lago.restart-token": "7"');
  });
});
