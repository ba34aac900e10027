/** Compose files as people write them: Lago of an older habit, with names and secrets of one's own. */

/** A service of a compose file. */
export type ServiceFile = Record<string, unknown>;

/** A compose file in compose's own terms. JSON is YAML. */
export interface ComposeFile {
  readonly name?: string;
  readonly include?: readonly string[];
  readonly services: Record<string, ServiceFile>;
  readonly volumes?: Record<string, object | null>;
  readonly secrets?: Record<string, object>;
}

/** Names of the services, and how each of the two that are reached publishes its port. */
export interface FileNames {
  readonly api?: string;
  readonly worker?: string;
  readonly front?: string;
  readonly db?: string;
  readonly redis?: string;
  readonly migrate?: string;
}

const KEYS = [
  "SECRET_KEY_BASE",
  "LAGO_RSA_PRIVATE_KEY",
  "LAGO_ENCRYPTION_PRIMARY_KEY",
  "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
];

/** Settings that the checks demand of every deployment. */
export const SOUND = {
  LAGO_DISABLE_SIGNUP: "true",
  LAGO_DISABLE_SEGMENT: "true",
  LAGO_SIDEKIQ_WEB: "false",
};

/** A variable in a compose file. */
export const reference = (name: string) => `\${${name}}`;

/** Environment of the back end, with the keys from variables of the same names. */
export function backEnvironment({ db = "db", redis = "redis" }: FileNames): Record<string, string> {
  return {
    RAILS_ENV: "production",
    DATABASE_URL: `postgresql://lago:${reference("POSTGRES_PASSWORD")}@${db}:5432/lago`,
    REDIS_URL: `redis://${redis}:6379`,
    LAGO_REDIS_CACHE_URL: `redis://${redis}:6379`,
    ...Object.fromEntries(KEYS.map((name) => [name, reference(name)])),
    ...SOUND,
  };
}

/**
 * A Lago of database, Redis, migration, api, worker and front.
 *
 * @param names names of the services. Defaults to short ones
 * @param ports ports of the host, as in `ports` of the file
 * @param environment environment of the back end. Defaults to {@link backEnvironment}
 */
export function lagoFile(
  names: FileNames,
  ports: { readonly api: readonly unknown[]; readonly front: readonly unknown[] },
  environment: Record<string, string> | undefined = backEnvironment(names),
): ComposeFile {
  const {
    api = "api",
    worker = "worker",
    front = "front",
    db = "db",
    redis = "redis",
    migrate = "migrate",
  } = names;
  const back = { image: "getlago/api:v1.50.0", environment };
  const after = {
    depends_on: {
      [migrate]: { condition: "service_completed_successfully" },
      [db]: { condition: "service_healthy" },
      [redis]: { condition: "service_healthy" },
    },
  };
  return {
    services: {
      [db]: {
        image: "getlago/postgres-partman:15.0-alpine",
        environment: {
          POSTGRES_USER: "lago",
          POSTGRES_DB: "lago",
          POSTGRES_PASSWORD: reference("POSTGRES_PASSWORD"),
          PGDATA: "/data/postgres",
        },
        volumes: ["database:/data/postgres"],
        healthcheck: {
          test: ["CMD-SHELL", "pg_isready -U lago -d lago"],
          interval: "1s",
          retries: 90,
        },
      },
      [redis]: {
        image: "redis:7-alpine",
        healthcheck: { test: ["CMD", "redis-cli", "ping"], interval: "1s", retries: 90 },
      },
      [migrate]: {
        ...back,
        restart: "no",
        command: ["./scripts/migrate.sh"],
        depends_on: { [db]: { condition: "service_healthy" } },
      },
      [api]: {
        ...back,
        ...after,
        command: ["./scripts/start.api.sh"],
        ports: ports.api,
        healthcheck: {
          test: ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"],
          interval: "1s",
          retries: 90,
        },
      },
      [worker]: { ...back, ...after, command: ["./scripts/start.worker.sh"] },
      [front]: {
        image: "getlago/front:v1.50.0",
        environment: { API_URL: "http://localhost:3000", APP_ENV: "production" },
        ports: ports.front,
        depends_on: { [api]: { condition: "service_healthy" } },
      },
    },
    volumes: { database: {} },
  };
}

/** Copy of a file with some fields of its services added or replaced. */
export function withServices(file: ComposeFile, changes: Record<string, ServiceFile>): ComposeFile {
  const services = { ...file.services };
  for (const [name, change] of Object.entries(changes)) {
    services[name] = { ...services[name], ...change };
  }
  return { ...file, services };
}
