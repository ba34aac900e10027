import { afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { LagoConfig } from "../../../../src/lago/config/lago-config.ts";
import { type FakeDocker, useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, SECRETS, SMALL, secretsIn } from "../../../support/sample.ts";

/** Everything that shells, YAML, compose and Go templates could make something of. */
const HOSTILE = {
  DOLLAR: "$HOME ${HOME} $$ $(id) `id`",
  QUOTES: `"double" 'single'`,
  BACKSLASH: "\\n \\\\ \\",
  LINES: "one\ntwo\r\n\tthree\n",
  HASH: "a #b # c",
  EQUALS: "=a=b=",
  TEMPLATE: "{{.Config}} {{ é",
  UNICODE: "é 你好 \u{1f600} \u202e",
  SPACES: "  ",
  EMPTY: "",
};

afterEach(() => {
  vi.unstubAllEnvs();
});

function backendVariables(docker: FakeDocker): Record<string, string> {
  const { services } = parse(docker.call("up").stdin, { logLevel: "silent" });
  return services.api.environment ?? {};
}

describe("the environment of docker", () => {
  it("holds the settings, verbatim", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ environment: HOSTILE }).start();
    const { env } = docker.call("up");
    expect(env).toMatchObject({
      ...HOSTILE,
      LAGO_API_URL: "http://localhost:3000",
      DATABASE_URL: `postgresql://lago:${encodeURIComponent(SECRETS.password)}@db:5432/lago`,
      SECRET_KEY_BASE: SECRETS.secretKeyBase,
      LAGO_DISABLE_SIGNUP: "false",
    });
  });

  it("never holds the key of the first organization, which containers that stay do not get", async () => {
    const docker = useFakeDocker(SMALL);
    const deployment = deploymentOf();
    await deployment.start();
    expect(deployment.environment).toMatchObject({
      LAGO_API_KEY: SECRETS.apiKey,
      LAGO_ORG_API_KEY: SECRETS.apiKey,
    });
    expect(JSON.stringify(docker.calls())).not.toContain(SECRETS.apiKey);
  });

  it("holds nothing of the caller's but what docker needs", async () => {
    const docker = useFakeDocker(SMALL);
    for (const [name, value] of Object.entries({
      COMPOSE_PROJECT_NAME: "other",
      COMPOSE_FILE: "/other.yml",
      COMPOSE_PROFILES: "all",
      COMPOSE_ENV_FILES: "/other.env",
      PULUMI_CONFIG_PASSPHRASE: "passphrase",
      PULUMI_ACCESS_TOKEN: "token",
      AWS_SECRET_ACCESS_KEY: "key",
      NPM_TOKEN: "token",
      NODE_OPTIONS: "--no-warnings",
      POSTGRES_PASSWORD: "the caller's own",
      DOCKER_CONTEXT: "production",
      HTTPS_PROXY: "http://proxy:3128",
      LANG: "de_DE.UTF-8",
    })) {
      vi.stubEnv(name, value);
    }
    const deployment = deploymentOf();
    await deployment.start();
    await deployment.status();
    const { env: up } = docker.call("up");
    const { env: ps } = docker.call("ps");
    expect(up).toMatchObject({
      DOCKER_CONTEXT: "production",
      HTTPS_PROXY: "http://proxy:3128",
      LANG: "de_DE.UTF-8",
      PATH: docker.path,
    });
    for (const env of [up, ps]) {
      const foreign = /^(COMPOSE_|PULUMI_|AWS_|NPM_|NODE_|POSTGRES_)/;
      const names = Object.keys(env).filter((name) => foreign.test(name));
      expect(names).toEqual(["COMPOSE_DISABLE_ENV_FILE"]);
      expect(env.COMPOSE_DISABLE_ENV_FILE).toBe("1");
    }
    const settings = deployment.environment;
    expect(
      Object.keys(up)
        .filter((name) => !(name in settings))
        .sort(),
    ).toEqual(Object.keys(ps).sort());
  });

  it("holds secrets only for the commands that start something", async () => {
    const docker = useFakeDocker(SMALL);
    const deployment = deploymentOf();
    await deployment.pull();
    await deployment.start();
    await deployment.status();
    await deployment.logs();
    await deployment.restart();
    await deployment.stop();
    const withSecrets = docker
      .calls()
      .filter(({ env }) => secretsIn(JSON.stringify(env)).length > 0);
    expect(withSecrets.map(({ verb }) => verb)).toEqual(["pull", "up"]);
  });

  it("is the only way that secrets take", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ environment: { LAGO_SMTP_PASSWORD: SECRETS.password } }).start();
    for (const { args, stdin } of docker.calls()) {
      expect(secretsIn(args.join(" ") + stdin)).toEqual([]);
    }
  });
});

describe("what the files do not refer to", () => {
  it("reaches the back end by the override", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({ environment: { SENTRY_DSN: "https://x" } }).start();
    expect(backendVariables(docker)).toEqual({
      DATABASE_URL: "${DATABASE_URL:-}",
      LAGO_API_URL: "${LAGO_API_URL:-}",
      LAGO_DISABLE_SIGNUP: "${LAGO_DISABLE_SIGNUP:-}",
      LAGO_FRONT_URL: "${LAGO_FRONT_URL:-}",
      LAGO_SIDEKIQ_WEB: "${LAGO_SIDEKIQ_WEB:-}",
      SENTRY_DSN: "${SENTRY_DSN:-}",
    });
  });

  it("leaves the file's own database and Redis in charge when none was given", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf({}, new LagoConfig()).start();
    expect(Object.keys(backendVariables(docker))).toEqual([
      "LAGO_API_URL",
      "LAGO_DISABLE_SIGNUP",
      "LAGO_FRONT_URL",
      "LAGO_SIDEKIQ_WEB",
    ]);
  });
});
