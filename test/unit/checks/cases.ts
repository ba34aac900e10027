/** One fault at a time, for all of the checks. */
import { generateKeyPairSync } from "node:crypto";
import { type Judged, RSA_PEM } from "./subject.ts";

const WEAK_RSA = Buffer.from(
  generateKeyPairSync("rsa", {
    modulusLength: 1024,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }).privateKey,
).toString("base64");
const base64 = (text: string) => Buffer.from(text).toString("base64");
/** A change of settings alone. */
export const set = (variables: Record<string, string | undefined>): Judged => ({ variables });
/** Workers of their own for PDFs, without their switch. */
export const PDFS = { like: "worker", command: "./scripts/start.pdfs.worker.sh" };

/** What is wrong with the good project after a change, by the names of the findings. */
export const CASES: readonly (readonly [string, Judged, readonly string[]])[] = [
  ["nothing", {}, []],
  [
    "a public default",
    set({ SECRET_KEY_BASE: "your-secret-key-base-hex-64" }),
    ["default-secret:SECRET_KEY_BASE"],
  ],
  ["changeme", set({ POSTGRES_PASSWORD: "changeme" }), ["default-secret:POSTGRES_PASSWORD"]],
  [
    "another's default",
    set({ REDIS_PASSWORD: "azerty123456" }),
    ["placeholder-secret:REDIS_PASSWORD", "redis-password-unused:REDIS_PASSWORD"],
  ],
  [
    "a placeholder and a short password",
    set({ POSTGRES_PASSWORD: "secret" }),
    ["placeholder-secret:POSTGRES_PASSWORD", "short-password:POSTGRES_PASSWORD"],
  ],
  [
    "one letter again and again",
    set({ LAGO_ENCRYPTION_PRIMARY_KEY: "a".repeat(32) }),
    ["placeholder-secret:LAGO_ENCRYPTION_PRIMARY_KEY"],
  ],
  ["a short key", set({ SECRET_KEY_BASE: "3f0c9a7d51be" }), ["short-key:SECRET_KEY_BASE"]],
  [
    "no RSA key",
    set({ LAGO_RSA_PRIVATE_KEY: undefined }),
    ["missing-setting:LAGO_RSA_PRIVATE_KEY"],
  ],
  [
    "PEM where Lago reads base64",
    set({ LAGO_RSA_PRIVATE_KEY: RSA_PEM }),
    ["rsa-key:LAGO_RSA_PRIVATE_KEY"],
  ],
  ["a weak RSA key", set({ LAGO_RSA_PRIVATE_KEY: WEAK_RSA }), ["rsa-key:LAGO_RSA_PRIVATE_KEY"]],
  [
    "two RSA keys",
    set({ LAGO_RSA_PRIVATE_KEY: base64(RSA_PEM + RSA_PEM) }),
    ["rsa-key:LAGO_RSA_PRIVATE_KEY"],
  ],
  ["no key at all", set({ LAGO_RSA_PRIVATE_KEY: "MIIEow" }), ["rsa-key:LAGO_RSA_PRIVATE_KEY"]],
  [
    "a URL without scheme",
    set({ LAGO_API_URL: "billing-api.acme.com" }),
    ["url-scheme:LAGO_API_URL"],
  ],
  [
    "a front with a slash",
    set({ LAGO_FRONT_URL: "https://billing.acme.com/" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front under a path",
    set({ LAGO_FRONT_URL: "https://billing.acme.com/app" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front with a query",
    set({ LAGO_FRONT_URL: "https://billing.acme.com?a=b" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front with a user",
    set({ LAGO_FRONT_URL: "https://me@billing.acme.com" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front with capitals",
    set({ LAGO_FRONT_URL: "https://Billing.acme.com" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front with umlauts",
    set({ LAGO_FRONT_URL: "https://bü.acme.com" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  [
    "a front on the other scheme's port",
    set({ LAGO_FRONT_URL: "https://billing.acme.com:80" }),
    ["front-url-cors:LAGO_FRONT_URL"],
  ],
  ["a front with a port", set({ LAGO_FRONT_URL: "https://billing.acme.com:8443" }), []],
  ["a front with its scheme's port", set({ LAGO_FRONT_URL: "http://localhost:80" }), []],
  [
    "an api under a path",
    set({ LAGO_API_URL: "https://billing.acme.com/api" }),
    ["api-url-path:LAGO_API_URL"],
  ],
  [
    "a public host without TLS",
    set({ LAGO_API_URL: "http://billing-api.acme.com" }),
    ["public-http:LAGO_API_URL"],
  ],
  [
    "a public address without TLS",
    set({ LAGO_API_URL: "http://8.8.8.8:3000" }),
    ["public-http:LAGO_API_URL"],
  ],
  [
    "private hosts without TLS",
    set({ LAGO_API_URL: "http://10.0.0.5:3000", LAGO_FRONT_URL: "http://lago.internal" }),
    [],
  ],
  [
    "a password that ends the URL",
    set({ POSTGRES_PASSWORD: "p@ss/w#1-long" }),
    ["password-in-url:POSTGRES_PASSWORD"],
  ],
  [
    "a password for an open Redis",
    set({ REDIS_PASSWORD: "kR7mZ2vT9qLx" }),
    ["redis-password-unused:REDIS_PASSWORD"],
  ],
  [
    "a password that Redis asks for",
    {
      variables: { REDIS_PASSWORD: "kR7mZ2vT9qLx" },
      services: { redis: { command: "--requirepass ${REDIS_PASSWORD}" } },
    },
    [],
  ],
  ["a mistyped name", set({ LAGO_SMTP_ADRESS: "x" }), ["unknown-variable:LAGO_SMTP_ADRESS"]],
  ["a mistyped shared name", set({ POSTGRES_PASWORD: "x" }), ["unknown-variable:POSTGRES_PASWORD"]],
  ["a name of something else", set({ MY_OWN_THING: "x" }), []],
  [
    "a documented name that nothing reads",
    set({ SIDEKIQ_PDF: "true" }),
    ["without-effect:SIDEKIQ_PDF"],
  ],
  [
    "a variable that is passed to nothing",
    set({ LAGO_WEBHOOK_ATTEMPTS: "5" }),
    ["dead-variable:LAGO_WEBHOOK_ATTEMPTS"],
  ],
  [
    "another name of a variable",
    set({ LAGO_API_KEY: "kR7mZ2vT9qLx" }),
    ["dead-variable:LAGO_API_KEY"],
  ],
  [
    "a variable of a newer release",
    set({ SIDEKIQ_ALERTS: "false" }),
    ["not-in-release:SIDEKIQ_ALERTS"],
  ],
  [
    "a mail server without sender",
    set({ LAGO_SMTP_ADDRESS: "smtp.acme.com" }),
    ["missing-setting:LAGO_FROM_EMAIL"],
  ],
  [
    "S3 without its settings",
    set({ LAGO_USE_AWS_S3: "true" }),
    [
      "missing-setting:LAGO_AWS_S3_ACCESS_KEY_ID",
      "missing-setting:LAGO_AWS_S3_SECRET_ACCESS_KEY",
      "missing-setting:LAGO_AWS_S3_REGION",
      "missing-setting:LAGO_AWS_S3_BUCKET",
    ],
  ],
  [
    "a worker without its switch",
    { services: { pdfs: PDFS } },
    ["worker-without-toggle:services.pdfs"],
  ],
  [
    "a switch without its worker",
    set({ SIDEKIQ_PDFS: "true" }),
    ["toggle-without-worker:SIDEKIQ_PDFS"],
  ],
  [
    "a worker and its switch",
    { variables: { SIDEKIQ_PDFS: "true" }, services: { pdfs: PDFS } },
    [],
  ],
  [
    "a worker whose script does not exist",
    { services: { pdf: { ...PDFS, command: "./scripts/start.pdf.worker.sh" } } },
    ["worker-script:services.pdf.command"],
  ],
  [
    "a worker of a newer release",
    { services: { alerts: { ...PDFS, command: "./scripts/start.alerts.worker.sh" } } },
    ["worker-without-toggle:services.alerts", "worker-script:services.alerts.command"],
  ],
  [
    "a published database",
    { services: { db: { ports: ["5432:5432"] } } },
    ["database-published:services.db.ports"],
  ],
  [
    "a database on a variable port",
    { services: { db: { ports: ["${POSTGRES_PORT:-5432}:5432"] } } },
    ["database-published:services.db.ports"],
  ],
  [
    "a published database, in the long form",
    { services: { db: { ports: [{ target: 5432, published: "5432" }] } } },
    ["database-published:services.db.ports"],
  ],
  [
    "a published Redis",
    { services: { redis: { ports: ["0.0.0.0:6379:6379"] } } },
    ["redis-published:services.redis.ports"],
  ],
  [
    "a Redis on IPv6",
    { services: { redis: { ports: ["[::]:6379:6379"] } } },
    ["redis-published:services.redis.ports"],
  ],
  ["a Redis on this host", { services: { redis: { ports: ["[::1]:6379:6379"] } } }, []],
  [
    "a public api",
    { services: { api: { ports: ["3000:3000"] } } },
    ["public-port:services.api.ports"],
  ],
  ["Sidekiq's page", set({ LAGO_SIDEKIQ_WEB: "true" }), ["sidekiq-web:LAGO_SIDEKIQ_WEB"]],
  [
    "Karafka's page",
    set({ LAGO_KARAFKA_WEB: "false" }),
    ["missing-setting:LAGO_KARAFKA_WEB_SECRET", "karafka-web:LAGO_KARAFKA_WEB"],
  ],
  ["open sign-up", set({ LAGO_DISABLE_SIGNUP: "false" }), ["signup-open:LAGO_DISABLE_SIGNUP"]],
  [
    "sign-up that is closed by a word Lago does not know",
    set({ LAGO_DISABLE_SIGNUP: "yes" }),
    ["signup-open:LAGO_DISABLE_SIGNUP"],
  ],
  [
    "an API key of no organization",
    set({ LAGO_ORG_API_KEY: "a-key-of-some-length" }),
    ["unused-api-key:LAGO_ORG_API_KEY", "dead-variable:LAGO_ORG_API_KEY"],
  ],
  ["telemetry", set({ LAGO_DISABLE_SEGMENT: "" }), ["telemetry:LAGO_DISABLE_SEGMENT"]],
  [
    "logs without end",
    { services: { db: { logging: undefined } } },
    ["log-rotation:services.db.logging"],
  ],
  [
    "an image without version",
    { services: { redis: { image: "redis" } } },
    ["image-version:services.redis.image"],
  ],
  [
    "an image called latest",
    { services: { redis: { image: "host:5000/redis:latest" } } },
    ["image-version:services.redis.image"],
  ],
  [
    "Let's Encrypt's test system and Traefik's open page",
    {
      services: {
        traefik: {
          like: "redis",
          image: "traefik:v3.3",
          ports: ["8080:8080"],
          command: [
            "--api.insecure=true",
            "--x.caServer=https://acme-staging-v02.api.letsencrypt.org/",
          ],
          volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"],
        },
      },
    },
    [
      "acme-staging:services.traefik.command",
      "traefik-insecure-api:services.traefik.command",
      "docker-socket:services.traefik.volumes",
    ],
  ],
];
