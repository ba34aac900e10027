// TLS in front of Lago, as a stack of its own: certificates and names change at another pace than Lago.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { local } from "@pulumi/command";
import { all, Config, getStack, StackReference } from "@pulumi/pulumi";
import { type Certificates, proxyEnvironment } from "./sites.ts";

const config = new Config();

/** Such as `organization/z-billing-lago/prod`. */
const lago = new StackReference(config.require("lagoStack"));

/** A public authority is told whom to turn to, so the address has no default. */
const certificates: Certificates = config.getBoolean("internalCertificates")
  ? "internal"
  : { acmeEmail: config.require("acmeEmail") };

const caddyfile = readFileSync("Caddyfile", "utf8");
const dockerHost = config.get("dockerHost");
const environment = all([
  lago.requireOutput("apiUrl"),
  lago.requireOutput("frontUrl"),
  lago.requireOutput("ports"),
]).apply(([apiUrl, frontUrl, ports]) => ({
  ...proxyEnvironment(
    { apiUrl, frontUrl, ports },
    certificates,
    config.getNumber("httpPort") ?? 80,
  ),
  CADDYFILE: caddyfile,
  CADDYFILE_DIGEST: createHash("sha256").update(caddyfile).digest("hex"),
  COMPOSE_FILE: "compose.yaml",
  COMPOSE_DISABLE_ENV_FILE: "1",
  COMPOSE_ANSI: "never",
  COMPOSE_PROJECT_NAME: config.get("projectName") ?? `lago-proxy-${getStack()}`,
  ...(dockerHost === undefined ? {} : { DOCKER_HOST: dockerHost }),
}));

// Compose's --wait may end well although its time has passed, so the last word is the container's own.
const UP =
  "docker compose up --detach --wait --wait-timeout 60 && " +
  "docker compose ps --format '{{.Health}}' caddy | grep --quiet --line-regexp healthy";
const SAY_WHY = "docker compose logs --no-log-prefix --tail 10 caddy >&2";

new local.Command(
  "lago-proxy",
  {
    // A create that fails leaves nothing in the state that a destroy could take down.
    create: `${UP} || { ${SAY_WHY}; docker compose down; exit 1; }`,
    update: `${UP} || { ${SAY_WHY}; exit 1; }`,
    // Without --volumes: the certificates stay.
    delete: "docker compose down",
    environment,
    addPreviousOutputInEnv: false,
  },
  // The other way round the delete of the old one would end the new one, which has its name.
  { deleteBeforeReplace: true },
);

export const apiUrl = lago.requireOutput("apiUrl");
export const frontUrl = lago.requireOutput("frontUrl");
