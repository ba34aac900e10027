import { describe, expect, it } from "vitest";
import { inheritedEnvironment } from "../../../src/process/environment.ts";

describe("inheritedEnvironment", () => {
  it.each([
    "PATH",
    "HOME",
    "DOCKER_HOST",
    "DOCKER_CONTEXT",
    "DOCKER_CONFIG",
    "DOCKER_CERT_PATH",
    "DOCKER_TLS_VERIFY",
    "SSH_AUTH_SOCK",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
    "TMPDIR",
  ])("hands %s on", (name) => {
    expect(inheritedEnvironment({ [name]: "value" })).toEqual({ [name]: "value" });
  });

  it.each([
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_ACCESS_TOKEN",
    "COMPOSE_FILE",
    "COMPOSE_PROJECT_NAME",
    "COMPOSE_PROFILES",
    "AWS_SECRET_ACCESS_KEY",
    "NPM_TOKEN",
    "NODE_OPTIONS",
    "POSTGRES_PASSWORD",
    "SECRET_KEY_BASE",
    "LAGO_API_URL",
    "LD_PRELOAD",
    "DOCKER_AUTH_CONFIG",
  ])("keeps %s back", (name) => {
    expect(inheritedEnvironment({ [name]: "value" })).toEqual({});
  });

  it("takes an empty variable for none, since docker would not", () => {
    expect(inheritedEnvironment({ DOCKER_HOST: "", PATH: undefined })).toEqual({});
  });
});
