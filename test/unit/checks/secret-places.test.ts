/** Bad secrets under names of a person's own, in URLs and in commands. */
import { describe, expect, it } from "vitest";
import { type Judged, judge, names } from "./subject.ts";

const IDS = ["default-secret", "placeholder-secret", "short-password", "short-key"];

/** What is found about secrets, with its weight. */
const found = (change: Judged) =>
  judge(change)
    .filter(({ id }) => IDS.includes(id))
    .map(({ severity, unsafeName }) => `${severity} ${unsafeName}`);

const GOOD_SECRET = "kR7mZ2vT9qLx-kR7mZ2vT9qLx-kR7mZ2vT9qLx";

/** The project with its database's password under another name. */
const named = (name: string, value: string | undefined): Judged => ({
  variables: { POSTGRES_PASSWORD: undefined, [name]: value },
  services: {
    db: { environment: { POSTGRES_PASSWORD: `\${${name}}` } },
    api: {
      environment: {
        DATABASE_URL: `postgresql://lago:\${${name}}@db:5432/lago`,
        SECRET_KEY_BASE: "${SECRET_KEY_BASE}",
      },
    },
  },
});

describe("a variable of a person's own that gives Lago a secret", () => {
  it.each([
    ["changeme", "default-secret"],
    ["change_me", "placeholder-secret"],
    ["your-password-here", "placeholder-secret"],
    ["<password>", "placeholder-secret"],
    ["xxxxxxxx", "placeholder-secret"],
    ["lago_password_2025", "placeholder-secret"],
    ["Zk3vQ9", "short-password"],
  ])("is an error with the value %s, once and by its own name", (value, id) => {
    const change = named("BILLING_DB_PASSWORD", value);
    expect(found(change)).toEqual([`error ${id}:BILLING_DB_PASSWORD`]);
    const [finding] = judge(change).filter((one) => one.id === id);
    expect(finding?.reason).toContain("gives POSTGRES_PASSWORD its value");
    expect(JSON.stringify(finding)).not.toContain(`"${value}"`);
  });

  it("is no fault with a good value", () => {
    expect(found(named("BILLING_DB_PASSWORD", GOOD_SECRET))).toEqual([]);
  });

  it("is an error for a key, with the least length of that key", () => {
    const services = { api: { environment: { SECRET_KEY_BASE: "${APP_SECRET}" } } };
    const weak = (APP_SECRET: string) => found({ services, variables: { APP_SECRET } });
    expect(weak("a3f5c7d9e1b2")).toEqual(["error short-key:APP_SECRET"]);
    expect(weak("supersecret")).toContain("error placeholder-secret:APP_SECRET");
    expect(weak(GOOD_SECRET)).toEqual([]);
  });

  it("is named where the bad value is the file's default", () => {
    const services = { db: { environment: { POSTGRES_PASSWORD: "${PG_PASS:-changeme}" } } };
    const change = { services, variables: { POSTGRES_PASSWORD: undefined } };
    expect(found(change)).toEqual(["error default-secret:PG_PASS"]);
  });
});

describe("a variable that gives Lago nothing", () => {
  it.each(["APP_SECRET", "GRAFANA_PASSWORD", "MYSQL_ROOT_PASSWORD", "N8N_ENCRYPTION_KEY"])(
    "%s is a warning",
    (name) => {
      expect(found({ variables: { [name]: "changeme" } })).toEqual([
        `warning placeholder-secret:${name}`,
      ]);
      expect(found({ variables: { [name]: "abc" } })).toEqual([`warning short-password:${name}`]);
    },
  );

  it.each([
    ["ALLOW_EMPTY_PASSWORD", "yes"],
    ["CACHE_KEY_PREFIX", "lago"],
    ["TOKEN_TTL", "300"],
    ["DB_PASSWORD_FILE", "/run/secrets/password"],
    ["KEYCLOAK_REALM", "test"],
    ["APP_SECRET", GOOD_SECRET],
  ])("%s=%s is none", (name, value) => {
    expect(found({ variables: { [name]: value } })).toEqual([]);
  });
});

describe("a secret that stands literally in the file", () => {
  it("is an error at a database of another maker", () => {
    const environment = { POSTGRESQL_PASSWORD: "change_me", ALLOW_EMPTY_PASSWORD: "no" };
    const store = { like: "db", image: "bitnami/postgresql:16", environment };
    expect(found({ services: { store } })).toEqual([
      "error placeholder-secret:services.store.environment.POSTGRESQL_PASSWORD",
    ]);
  });

  it.each([
    "redis-server --requirepass changeme",
    "--requirepass=changeme --save 60",
    'sh -c "keydb-server --requirepass changeme"',
  ])("is an error in the command `%s`", (command) => {
    const cache = { like: "redis", image: "eqalpha/keydb:6.3", command };
    expect(found({ services: { cache } })).toEqual([
      "error placeholder-secret:services.cache.command",
    ]);
  });

  it("is none in a command that takes it from a variable", () => {
    const command = (text: string) => ({ cache: { like: "redis", command: text } });
    expect(found({ services: command("sh -c 'redis-server --requirepass $$PASS'") })).toEqual([]);
    const variables = { CACHE_PASSWORD: "changeme" };
    expect(
      found({ variables, services: command("redis-server --requirepass ${CACHE_PASSWORD}") }),
    ).toEqual(["error placeholder-secret:CACHE_PASSWORD"]);
  });

  it("is a warning at a service that is not Lago's, and told once", () => {
    const grafana = {
      like: "pdf",
      image: "grafana/grafana:11",
      environment: { GF_SECURITY_ADMIN_PASSWORD: "admin" },
    };
    expect(found({ services: { grafana, second: grafana } })).toEqual([
      "warning placeholder-secret:services.grafana.environment.GF_SECURITY_ADMIN_PASSWORD",
    ]);
  });

  it("is found in a service that has another value than the first one", () => {
    const services = { worker: { environment: { SECRET_KEY_BASE: "changeme" } } };
    expect(found({ services })).toEqual([
      "warning placeholder-secret:services.worker.environment.SECRET_KEY_BASE",
    ]);
  });
});

describe("a password inside a URL", () => {
  const DB = "postgres://lago:changeme@db.acme.com:5432/lago";

  it.each([
    ["DATABASE_URL", DB],
    ["REDIS_URL", "redis://:changeme@cache.acme.com:6379"],
    ["LAGO_REDIS_CACHE_URL", "rediss://lago:changeme@cache.acme.com:6379/1"],
  ])("is an error in %s", (name, url) => {
    const services = { api: { environment: { [name]: url } } };
    expect(found({ services })).toEqual([`error placeholder-secret:${name}`]);
    const short = { api: { environment: { [name]: url.replace("changeme", "a3f5") } } };
    expect(found({ services: short })).toEqual([`warning short-password:${name}`]);
  });

  it("is an error at the variable that has the URL", () => {
    const services = { api: { environment: { DATABASE_URL: "${BILLING_DB_URL}" } } };
    const change = { services, variables: { BILLING_DB_URL: DB } };
    expect(found(change)).toEqual(["error placeholder-secret:BILLING_DB_URL"]);
    expect(JSON.stringify(judge(change))).not.toContain("changeme");
  });

  it("is found in the environment of another service", () => {
    const exporter = {
      image: "prometheuscommunity/postgres-exporter:v0.15",
      environment: { DATA_SOURCE_NAME: "postgresql://lago:secret@db:5432/lago" },
      logging: { options: { "max-size": "10m" } },
    };
    expect(found({ services: { exporter } })).toEqual([
      "warning placeholder-secret:services.exporter.environment.DATA_SOURCE_NAME",
    ]);
  });

  it("is told once where the password is a setting too", () => {
    const services = {
      db: { environment: { POSTGRES_PASSWORD: "${POSTGRES_PASSWORD}" } },
      api: { environment: { DATABASE_URL: "postgres://lago:${POSTGRES_PASSWORD}@db/lago" } },
    };
    const change = { services, variables: { POSTGRES_PASSWORD: "changeme" } };
    expect(found(change)).toEqual(["error default-secret:POSTGRES_PASSWORD"]);
  });
});

describe("a setting of Lago", () => {
  const environment = { SECRET_KEY_BASE: "changeme", POSTGRES_PASSWORD: "changeme" };

  it("is not judged in a service that does not read it", () => {
    expect(found({ services: { front: { environment }, redis: { environment } } })).toEqual([]);
  });

  it("is judged in a service that Lago does not have", () => {
    const backup = {
      like: "redis",
      image: "prodrigestivill/postgres-backup-local:15",
      environment,
    };
    expect(found({ services: { backup } })).toEqual([
      "warning placeholder-secret:services.backup.environment.SECRET_KEY_BASE",
      "warning placeholder-secret:services.backup.environment.POSTGRES_PASSWORD",
    ]);
  });
});

describe("in a deployment of ours", () => {
  it("a literal that the given value replaces is none", () => {
    const services = { api: { environment: { SECRET_KEY_BASE: "changeme" } } };
    expect(names(judge({ services, source: "stack" }))).toEqual([]);
  });

  it("a given variable of a person's own is judged", () => {
    const change = named("BILLING_DB_PASSWORD", "changeme");
    expect(found({ ...change, source: "stack" })).toEqual([
      "error default-secret:BILLING_DB_PASSWORD",
    ]);
  });
});

it("a user's name is a word, and no secret", () => {
  const variables = { LAGO_SMTP_USERNAME: "apikey", LAGO_SMTP_PASSWORD: GOOD_SECRET };
  expect(found({ variables })).toEqual([]);
  expect(found({ variables: { ...variables, LAGO_SMTP_USERNAME: "<user>" } })).toEqual([
    "error placeholder-secret:LAGO_SMTP_USERNAME",
  ]);
});
