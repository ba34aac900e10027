// TLS in front of Lago, as a separate stack: certificates and names change at another pace than
// Lago.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { local } from "@pulumi/command";
import { all, Config, getStack, StackReference } from "@pulumi/pulumi";
import { type Certificates, proxyEnvironment } from "./sites.ts";

const config = new Config();

/** Stack of Lago, such as `organization/z-billing-lago/prod`. */
const lago = new StackReference(config.require("lagoStack"));

/** A public authority needs a contact address, so the address has no default. */
const certificates: Certificates = config.getBoolean("internalCertificates")
  ? "internal"
  : { acmeEmail: config.require("acmeEmail") };

const caddyfile = readFileSync("Caddyfile", "utf8");
const dockerHost = config.get("dockerHost");
const environment = all([
  lago.requireOutput("apiUrl"),
  lago.requireOutput("frontUrl"),
  lago.getOutput("proxy"),
]).apply(([apiUrl, frontUrl, proxy]) => ({
  ...proxyEnvironment(
    { apiUrl, frontUrl, proxy },
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

// Compose's --wait may succeed after its deadline, so the container's own health decides.
const UP =
  "docker compose up --detach --wait --wait-timeout 60 && " +
  "docker compose ps --format '{{.Health}}' caddy | grep --quiet --line-regexp healthy";
const SAY_WHY = "docker compose logs --no-log-prefix --tail 10 caddy >&2";

new local.Command(
  "lago-proxy",
  {
    // A failed create leaves nothing in the state that a destroy could remove.
    create: `${UP} || { ${SAY_WHY}; docker compose down; exit 1; }`,
    update: `${UP} || { ${SAY_WHY}; exit 1; }`,
    // Without --volumes: the certificates stay.
    delete: "docker compose down",
    environment,
    addPreviousOutputInEnv: false,
  },
  // Otherwise deleting the old resource would remove the new proxy, which has the same name.
  { deleteBeforeReplace: true },
);

export const apiUrl = lago.requireOutput("apiUrl");
export const frontUrl = lago.requireOutput("frontUrl");
