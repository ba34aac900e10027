/**
 * Stacks of other people that plain `docker compose up` brings up: several of each kind. Ours has to
 * bring up the same.
 */
import {
  backEnvironment,
  type ComposeFile,
  type FileNames,
  lagoFile,
  reference,
  SOUND,
  withServices,
} from "./lago-file.ts";

/** A stack of somebody, in a folder of its own. */
export interface OtherStack {
  readonly kind: string;
  readonly name: string;
  /** Files by their names in the folder; objects are compose files. */
  readonly files: Readonly<Record<string, ComposeFile | string>>;
  /** Options of `up` that the stack needs. Defaults to none. */
  readonly options?: readonly string[];
}

/** Generated values for one stack. */
export interface Given {
  readonly secrets: Readonly<Record<string, string>>;
  readonly apiPort: number;
  readonly frontPort: number;
  /** Two more free ports. */
  readonly morePorts: readonly [number, number];
  /** Name of an image that is built on Lago's and named otherwise. */
  readonly builtImage: string;
}

const PREFIXED: FileNames = {
  api: "lago-api",
  worker: "lago-worker",
  front: "lago-front",
  db: "lago-db",
  redis: "lago-redis",
  migrate: "lago-migrate",
};

const RENAMED: FileNames = {
  api: "backend",
  worker: "jobs",
  front: "web",
  db: "postgres",
  redis: "cache",
  migrate: "schema",
};

/** Lines of an env file. */
const lines = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

export function otherStacks(given: Given): OtherStack[] {
  const { secrets, apiPort, frontPort, morePorts, builtImage } = given;
  const [third, fourth] = morePorts;
  const ports = { api: [`${apiPort}:3000`], front: [`${frontPort}:80`] };
  const env = lines({ ...secrets, ...SOUND });
  const own = (names: FileNames, change: Record<string, string> = {}) =>
    lagoFile(names, ports, { ...backEnvironment(names), ...change });
  const { POSTGRES_PASSWORD = "", SECRET_KEY_BASE = "" } = secrets;
  const ofDatabase = { POSTGRES_USER: "lago", POSTGRES_DB: "lago", PGDATA: "/data/postgres" };
  const inFile = {
    ...secrets,
    ...SOUND,
    ...ofDatabase,
    RAILS_ENV: "production",
    DATABASE_URL: `postgresql://lago:${POSTGRES_PASSWORD}@db:5432/lago`,
    REDIS_URL: "redis://redis:6379",
    LAGO_REDIS_CACHE_URL: "redis://redis:6379",
    API_URL: `http://localhost:${apiPort}`,
    APP_ENV: "production",
  };
  const fed = (files: Readonly<Record<string, unknown>>): ComposeFile => {
    const { services, ...rest } = own({});
    const withFiles = Object.entries(services).map(([name, { environment: _, ...service }]) => [
      name,
      name === "redis" ? service : { ...service, env_file: files[name] ?? files.all },
    ]);
    return { ...rest, services: Object.fromEntries(withFiles) };
  };
  const { POSTGRES_PASSWORD: _, ...keys } = secrets;

  return [
    {
      kind: "names",
      name: "services with a prefix",
      files: { "docker-compose.yml": own(PREFIXED), ".env": env },
    },
    {
      kind: "names",
      name: "services with names of their own, and parts of the URL in .env",
      files: {
        "compose.yaml": own(RENAMED, {
          DATABASE_URL:
            "postgresql://${POSTGRES_USER:-lago}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB:-lago}",
        }),
        ".env": `${env}POSTGRES_USER=lago\nPOSTGRES_DB=lago\n`,
      },
    },
    {
      kind: "variables",
      name: "variables of their own names",
      files: {
        "docker-compose.yml": withServices(
          own(
            {},
            {
              DATABASE_URL: "postgresql://lago:${LAGO_DB_PASSWORD:?set it}@db:5432/lago",
              SECRET_KEY_BASE: "${LAGO_SECRET_KEY_BASE:?set it}",
            },
          ),
          {
            db: {
              environment: { ...ofDatabase, POSTGRES_PASSWORD: "${LAGO_DB_PASSWORD:?set it}" },
            },
          },
        ),
        ".env": lines({
          ...keys,
          ...SOUND,
          LAGO_DB_PASSWORD: POSTGRES_PASSWORD,
          LAGO_SECRET_KEY_BASE: SECRET_KEY_BASE,
        }),
      },
    },
    {
      kind: "variables",
      name: "literals in the file",
      files: {
        "docker-compose.yml": withServices(
          own({}, { ...keys, DATABASE_URL: `postgresql://lago:${POSTGRES_PASSWORD}@db:5432/lago` }),
          { db: { environment: { ...ofDatabase, POSTGRES_PASSWORD } } },
        ),
      },
    },
    {
      kind: "variables",
      name: "the database's password in a file of its own",
      files: {
        "docker-compose.yml": {
          ...withServices(
            own(
              {},
              { DATABASE_URL: `postgresql://lago:${reference("OUR_PASSWORD")}@db:5432/lago` },
            ),
            {
              db: {
                environment: { ...ofDatabase, POSTGRES_PASSWORD_FILE: "/run/secrets/password" },
                secrets: ["password"],
              },
            },
          ),
          secrets: { password: { file: "./password" } },
        },
        password: POSTGRES_PASSWORD,
        ".env": lines({ ...keys, ...SOUND, OUR_PASSWORD: POSTGRES_PASSWORD }),
      },
    },
    {
      kind: "env_file",
      name: "everything from .env",
      files: { "docker-compose.yml": fed({ all: ".env" }), ".env": lines(inFile) },
    },
    {
      kind: "env_file",
      name: "a file for each part, and one that may be missing",
      files: {
        "docker-compose.yml": fed({
          all: ["common.env", { path: "secrets.env" }],
          db: ["database.env"],
          front: ["front.env", { path: "local.env", required: false }],
        }),
        "common.env": lines({ ...SOUND, RAILS_ENV: "production" }),
        "secrets.env": lines(inFile),
        "database.env": lines({ ...ofDatabase, POSTGRES_PASSWORD }),
        "front.env": lines({ API_URL: `http://localhost:${apiPort}`, APP_ENV: "production" }),
      },
    },
    {
      kind: "env_file",
      name: "a file that the environment overrides",
      files: {
        "docker-compose.yml": withServices(fed({ all: "lago.env" }), {
          api: { environment: { LAGO_FROM_EMAIL: "billing@acme.example" } },
        }),
        "lago.env": `${lines(inFile)}LAGO_FROM_EMAIL=old@acme.example\nexport LAGO_COMPANY='Acme # Söhne'\n`,
      },
    },
    {
      kind: "ports",
      name: "TLS in the front, metrics of the api",
      files: {
        "docker-compose.yml": lagoFile(
          {},
          {
            api: [`${apiPort}:3000`, `127.0.0.1:${third}:9394`],
            front: [`${frontPort}:80`, `${fourth}:443`],
          },
        ),
        ".env": env,
      },
    },
    {
      kind: "ports",
      name: "ports with defaults in the file",
      files: {
        "docker-compose.yml": lagoFile(
          {},
          {
            api: [`127.0.0.1:\${API_PORT:-${apiPort}}:3000`],
            front: [`127.0.0.1:\${FRONT_PORT:-${third}}:80`],
          },
        ),
        ".env": `${env}FRONT_PORT=${frontPort}\n`,
      },
    },
    {
      kind: "ports",
      name: "ports in the long form",
      files: {
        "docker-compose.yml": lagoFile(
          {},
          {
            api: [{ target: 3000, published: `${apiPort}`, host_ip: "127.0.0.1" }],
            front: [{ target: 80, published: `${frontPort}`, mode: "host" }],
          },
        ),
        ".env": env,
      },
    },
    {
      kind: "images",
      name: "an image built on Lago's, known by its command",
      files: {
        "docker-compose.yml": withServices(
          own({}),
          Object.fromEntries(
            ["api", "worker", "migrate"].map((name) => [name, { image: builtImage }]),
          ),
        ),
        ".env": env,
      },
    },
    {
      kind: "images",
      name: "images in variables, of a registry by name",
      files: {
        "docker-compose.yml": withServices(
          own({}),
          Object.fromEntries(
            ["api", "worker", "migrate"].map((name) => [
              name,
              { image: "${REGISTRY:-docker.io}/getlago/api:${LAGO_VERSION:?set it}" },
            ]),
          ),
        ),
        ".env": `${env}LAGO_VERSION=v1.50.0\n`,
      },
    },
    {
      kind: "images",
      name: "an image and a command that tell nothing, with roles",
      options: ["--role", "core=api"],
      files: {
        "docker-compose.yml": withServices(own({ api: "core" }), {
          core: { image: builtImage, command: ["sh", "-c", "exec ./scripts/start.api.sh"] },
        }),
        ".env": env,
      },
    },
    {
      kind: "limits",
      name: "limits and replicas under deploy",
      files: {
        "docker-compose.yml": withServices(own({}), {
          api: {
            deploy: { resources: { limits: { memory: "1G" }, reservations: { memory: "64M" } } },
          },
          worker: { deploy: { replicas: 2 } },
        }),
        ".env": env,
      },
    },
    {
      kind: "limits",
      name: "mem_limit",
      files: {
        "docker-compose.yml": withServices(own({}), { api: { mem_limit: "900m" } }),
        ".env": env,
      },
    },
    {
      kind: "features",
      name: "include, with a second front",
      files: {
        "docker-compose.yml": {
          include: ["lago.yml"],
          services: {
            web: {
              image: "getlago/front:v1.50.0",
              environment: { API_URL: `http://localhost:${apiPort}` },
              depends_on: ["api"],
            },
          },
        },
        "lago.yml": own({}),
        ".env": env,
      },
    },
    {
      kind: "features",
      name: "extends",
      files: {
        "docker-compose.yml": {
          services: Object.fromEntries(
            Object.keys(own({}).services).map((service) => [
              service,
              { extends: { file: "base.yml", service } },
            ]),
          ),
          volumes: { database: {} },
        },
        "base.yml": own({}),
        ".env": env,
      },
    },
    {
      kind: "features",
      name: "the network of another service",
      files: {
        "docker-compose.yml": withServices(own({}), {
          front: { network_mode: "service:api", ports: [] },
        }),
        ".env": env,
      },
    },
    {
      kind: "tasks",
      name: "tasks that end, under any name",
      files: {
        "docker-compose.yml": withServices(own({}), {
          seed: { image: "redis:7-alpine", command: ["true"], restart: "no" },
          "init-buckets": { image: "redis:7-alpine", command: ["sh", "-c", "exit 0"] },
        }),
        ".env": env,
      },
    },
    {
      kind: ".env",
      name: "comments, quotes, references and dollars",
      files: {
        "docker-compose.yml": own(
          {},
          {
            LAGO_COMPANY: reference("COMPANY"),
            LAGO_HOOK: reference("HOOK"),
            LAGO_MORE: reference("MORE"),
          },
        ),
        ".env": [
          env,
          "# of our own",
          'COMPANY="Acme # Söhne"   # with a comment',
          "HOOK='$$literal ${COMPANY}'",
          'export MORE="${COMPANY:-none} and \\"more\\""',
          "",
        ].join("\n"),
      },
    },
  ];
}
