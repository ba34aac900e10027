import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "../../../../../src/cli/commands/lint.ts";
import { LAGO_FILES, ROOT } from "../../../../../testing/folders.ts";

/** What is not safe in Lago's own file without a `.env`. */
const UNSAFE = [
  "error missing-setting:LAGO_RSA_PRIVATE_KEY",
  "error default-secret:SECRET_KEY_BASE",
  "error default-secret:LAGO_ENCRYPTION_PRIMARY_KEY",
  "error default-secret:LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "error default-secret:LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
  "error default-secret:POSTGRES_PASSWORD",
  "error database-published:services.db.ports",
  "error redis-published:services.redis.ports",
  "error sidekiq-web:LAGO_SIDEKIQ_WEB",
  "warning default-secret:LAGO_AWS_S3_ACCESS_KEY_ID",
  "warning default-secret:LAGO_AWS_S3_SECRET_ACCESS_KEY",
  "warning public-port:services.api.ports",
  "warning public-port:services.front.ports",
  "warning signup-open:LAGO_DISABLE_SIGNUP",
  "warning telemetry:LAGO_DISABLE_SEGMENT",
  ...["api", "api-clock", "api-worker", "db", "front", "migrate", "pdf", "redis"].map(
    (name) => `warning log-rotation:services.${name}.logging`,
  ),
  ...["api", "api-clock", "api-worker", "db", "front", "migrate", "redis"].map(
    (name) => `warning container-name:services.${name}.container_name`,
  ),
  "warning partly-passed:LAGO_FRONT_URL",
  "warning partly-passed:LAGO_DISABLE_SIGNUP",
];

/** Documented by Lago or read by its code, and passed to no service by its file. */
const DEAD = `
  DATABASE_POOL DATABASE_PREPARED_STATEMENTS DATABASE_URL LAGO_DATABASE_STATEMENT_TIMEOUT
  LAGO_DATABASE_LOCK_TIMEOUT LAGO_DATABASE_IDLE_TX_TIMEOUT LAGO_GCS_IAM LAGO_GCS_GSA_EMAIL
  LAGO_MEMCACHE_SERVERS LAGO_REDIS_CACHE_POOL_SIZE LAGO_REDIS_CACHE_SENTINELS
  LAGO_REDIS_SIDEKIQ_SENTINELS LAGO_REDIS_CACHE_MASTER_NAME LAGO_REDIS_SIDEKIQ_MASTER_NAME
  LAGO_WEBHOOK_ATTEMPTS SENTRY_DSN SENTRY_DSN_FRONT POSTGRES_SCHEMA LAGO_GCS_KEYFILE_JSON_PATH
  LAGO_DISABLE_SSL LAGO_LOG_LEVEL RAILS_MAX_THREADS RAILS_MIN_THREADS WEB_CONCURRENCY
  SIDEKIQ_CONCURRENCY LAGO_PARALLEL_THREADS_COUNT LAGO_SMTP_DOMAIN LAGO_AWS_S3_PATH_STYLE
  LAGO_AWS_S3_SSL_VERIFY LAGO_REDIS_SIDEKIQ_RETRY_WINDOW_SECONDS LAGO_SIDEKIQ_MAX_DEAD_JOBS
  LAGO_WEBHOOK_TIMEOUT_SECONDS LAGO_EVENTS_BATCH_MAX_LENGTH LAGO_DISABLE_EVENTS_VALIDATION
  LAGO_DISABLE_LIFETIME_USAGE_REFRESH LAGO_LIFETIME_USAGE_REFRESH_INTERVAL_SECONDS
  LAGO_SUBSCRIPTION_ACTIVITY_PROCESSING_INTERVAL_SECONDS
  LAGO_WALLET_ONGOING_BALANCE_REFRESH_INTERVAL_SECONDS DATABASE_PROXY_URL OTEL_EXPORTER
  DD_AGENT_HOST SIDEKIQ_EVENTS SIDEKIQ_PDFS SIDEKIQ_BILLING SIDEKIQ_CLOCK SIDEKIQ_WEBHOOK
  SIDEKIQ_PAYMENTS SIDEKIQ_ANALYTICS SIDEKIQ_AI_AGENT SIDEKIQ_ALERTS SIDEKIQ_WALLETS
  LAGO_REDIS_STORE_PASSWORD LAGO_CLICKHOUSE_PASSWORD LAGO_KAFKA_PASSWORD LAGO_MEILISEARCH_API_KEY
  LAGO_KARAFKA_WEB_SECRET NANGO_SECRET_KEY ADMIN_API_KEY SUPERSET_PASSWORD NEW_RELIC_KEY
  SEGMENT_WRITE_KEY GOCARDLESS_CLIENT_SECRET NANGO_PUBLIC_KEY REDIS_URL LAGO_REDIS_CACHE_URL
`;
/** Documented or in the code, and read by nothing that runs. */
const USELESS =
  "LAGO_GCS_CREDENTIALS SIDEKIQ_PDF STRIPE_API_KEY LAGO_ENABLE_YJIT ENCRYPTION_PRIMARY_KEY RSA_PRIVATE_KEY";

const words = (text: string) => text.trim().split(/\s+/);

describe.skipIf(!existsSync(LAGO_FILES))("lint of Lago's own file without a .env", () => {
  const found = (version: string, profile?: string[]) =>
    lint(join(LAGO_FILES, version), profile === undefined ? {} : { profile }).findings.map(
      ({ severity, unsafeName }) => `${severity} ${unsafeName}`,
    );
  const aboutWhatIsNotSet = /^warning (dead-variable|useless-name):/;

  it.each(["v1.43.0", "v1.45.0", "v1.49.0", "v1.50.0"])(
    "finds in %s exactly what is not safe",
    (version) => {
      const unsafe = found(version).filter((one) => !aboutWhatIsNotSet.test(one));
      expect(unsafe.sort()).toEqual([...UNSAFE].sort());
    },
  );

  it("prints what matters of v1.50.0, errors first", () => {
    const { findings } = lint(join(LAGO_FILES, "v1.50.0"));
    const shown = findings.filter(({ isMinor = false }) => !isMinor);
    const errors = UNSAFE.filter((one) => one.startsWith("error")).length;
    expect(shown.length).toBeLessThanOrEqual(25);
    expect(shown.slice(0, errors).map(({ severity }) => severity)).toEqual(
      Array.from({ length: errors }, () => "error"),
    );
    expect(shown.slice(errors).map(({ severity }) => severity)).not.toContain("error");
  });

  it("prints little of the bundled file, which asks for its secrets itself", () => {
    const { findings } = lint(join(ROOT, "src/bundled"));
    const shown = findings.filter(({ isMinor = false }) => !isMinor);
    expect(shown.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 6 }, () => "compose-refuses"),
      "signup-open",
      "telemetry",
    ]);
  });

  it("finds every variable that would have no effect", () => {
    const all = found("v1.50.0");
    const missing = [
      ...words(DEAD).map((name) => `warning dead-variable:${name}`),
      ...words(USELESS).map((name) => `warning useless-name:${name}`),
    ].filter((one) => !all.includes(one));
    expect(missing).toEqual([]);
  });

  it("finds no variable dead that the file passes on", () => {
    const alive = ["LAGO_SMTP_ADDRESS", "LAGO_API_URL", "POSTGRES_HOST", "LAGO_ORG_API_KEY"];
    const all = found("v1.50.0");
    expect(alive.filter((name) => all.includes(`warning dead-variable:${name}`))).toEqual([]);
  });

  it("judges the files of Lago's deploy folder by their profiles", () => {
    const all = found("deploy-local", ["all"]);
    expect(all).toContain("error default-secret:POSTGRES_PASSWORD");
    // They make the key in a volume.
    expect(all).not.toContain("error missing-setting:LAGO_RSA_PRIVATE_KEY");
    expect(all).toContain("error database-published:services.db.ports");
    expect(found("deploy-local", ["all-no-db"])).not.toContain(
      "error database-published:services.db.ports",
    );
  });
});
