/** Small compose projects to judge. */
import { generateKeyPairSync } from "node:crypto";
import { type Finding, runChecks } from "../../../src/checks/index.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { serviceDetails } from "../../../src/compose/service-details.ts";

/** A good RSA key in the form that Lago reads. */
export const RSA_PEM = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;

const pass = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `\${${name}:-}`]));

const LOGGING = { logging: { options: { "max-size": "10m" } } };

/** What every back-end service of {@link project} is passed. */
const PASSED = [
  "SECRET_KEY_BASE",
  "LAGO_RSA_PRIVATE_KEY",
  "LAGO_ENCRYPTION_PRIMARY_KEY",
  "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
  "LAGO_API_URL",
  "LAGO_FRONT_URL",
  "LAGO_DISABLE_SIGNUP",
  "LAGO_DISABLE_SEGMENT",
  "LAGO_SIDEKIQ_WEB",
  "LAGO_SMTP_ADDRESS",
  "LAGO_FROM_EMAIL",
  "LAGO_USE_AWS_S3",
  "LAGO_AWS_S3_BUCKET",
  "REDIS_PASSWORD",
  "SIDEKIQ_PDFS",
  "SIDEKIQ_ALERTS",
  "LAGO_KARAFKA_WEB",
];

/** A compose project of Lago in which nothing is wrong, with changes. */
export function project(changes: Record<string, Record<string, unknown>> = {}) {
  const environment = {
    ...pass(PASSED),
    DATABASE_URL: "postgresql://lago:${POSTGRES_PASSWORD}@${POSTGRES_HOST:-db}:5432/lago",
    REDIS_URL: "redis://redis:6379",
  };
  const backend = (script: string) => ({
    image: "getlago/api:v1.50.0",
    command: [`./scripts/${script}`],
    environment,
    ...LOGGING,
  });
  const services: Record<string, Record<string, unknown>> = {
    db: {
      image: "postgres:15",
      environment: pass(["POSTGRES_PASSWORD"]),
      ports: ["127.0.0.1:5432:5432"],
      ...LOGGING,
    },
    redis: { image: "redis:7", ...LOGGING },
    migrate: backend("migrate.sh"),
    api: { ...backend("start.api.sh"), ports: ["127.0.0.1:3000:3000"] },
    worker: backend("start.worker.sh"),
    clock: backend("start.clock.sh"),
    front: {
      image: "getlago/front:v1.50.0",
      environment: { ...pass(["LAGO_DISABLE_SIGNUP"]), API_URL: "${LAGO_API_URL}" },
      ...LOGGING,
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    const before = services[name] ?? {};
    services[name] = { ...(change.like ? services[String(change.like)] : before), ...change };
    delete services[name]?.like;
  }
  return { services };
}

/** Settings in which nothing is wrong. */
export const GOOD = {
  SECRET_KEY_BASE: "3f0c9a7d51be6a2ce8d04b7f91c35a60".repeat(2),
  LAGO_RSA_PRIVATE_KEY: Buffer.from(RSA_PEM).toString("base64"),
  LAGO_ENCRYPTION_PRIMARY_KEY: "Zk3vQ9wLr7TbXy2HnMd8sPfGcJa5UeKo",
  LAGO_ENCRYPTION_DETERMINISTIC_KEY: "Bn6tWq1YxRp4KzVs0HgLm9JdCfEuAi7T",
  LAGO_ENCRYPTION_KEY_DERIVATION_SALT: "Qe8rTy5UiOp2AsDf7GhJk1LzXc4VbNm3",
  POSTGRES_PASSWORD: "kR7.mZ_2~vT-9qLx",
  LAGO_API_URL: "https://billing-api.acme.com",
  LAGO_FRONT_URL: "https://billing.acme.com",
  LAGO_DISABLE_SIGNUP: "true",
  LAGO_DISABLE_SEGMENT: "true",
};

export interface Judged {
  readonly variables?: Record<string, string | undefined>;
  readonly services?: Record<string, Record<string, unknown>>;
  readonly allowUnsafe?: readonly string[];
  readonly source?: "lint" | "stack";
  readonly publishedAddress?: string;
  /** Whether minor findings count too. Defaults to false. */
  readonly isComplete?: boolean;
}

/** The findings for the good project with changes, but for those about what nobody set. */
export function judge({
  variables,
  services,
  allowUnsafe,
  source = "lint",
  publishedAddress,
  isComplete = false,
}: Judged = {}): Finding[] {
  const given = Object.entries({ ...GOOD, ...variables }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const compose = project(services);
  return runChecks({
    variables: Object.fromEntries(given),
    model: parseComposeModel(JSON.stringify(compose)),
    services: serviceDetails(compose),
    source,
    publishedAddress,
    allowUnsafe,
  }).filter(({ isMinor = false }) => !isMinor || isComplete);
}

/** The names of findings. */
export function names(findings: readonly Finding[]): string[] {
  return findings.map(({ unsafeName }) => unsafeName);
}
