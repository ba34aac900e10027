/**
 * A compose file in the manner of those in Lago's `deploy` folder: a proxy for one domain, services
 * under names of its own, pools of workers without their switches, and an RSA key made in a volume.
 */
export const DEPLOY_FILE = `
name: of-its-own
volumes:
  rsa:
  data:
x-backend: &backend
  image: getlago/api:v1.27.1
  depends_on:
    migrate:
      condition: service_completed_successfully
  environment: &environment
    DATABASE_URL: postgresql://lago:\${POSTGRES_PASSWORD:-changeme}@db:5432/lago
    REDIS_URL: redis://redis:6379
    SECRET_KEY_BASE: \${SECRET_KEY_BASE:-}
    LAGO_RSA_PRIVATE_KEY: \${LAGO_RSA_PRIVATE_KEY:-}
    LAGO_ENCRYPTION_PRIMARY_KEY: \${LAGO_ENCRYPTION_PRIMARY_KEY:-}
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: \${LAGO_ENCRYPTION_DETERMINISTIC_KEY:-}
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: \${LAGO_ENCRYPTION_KEY_DERIVATION_SALT:-}
    LAGO_FRONT_URL: https://\${LAGO_DOMAIN}
    LAGO_API_URL: https://\${LAGO_DOMAIN}/api
  volumes: ["rsa:/app/config/keys"]
services:
  traefik:
    image: zbl-test/traefik:v3
    container_name: lago-traefik
    ports:
      - \${PROXY_PORT:-8443}:443
      - 127.0.0.1:\${PROXY_PORT:-8443}:443/udp
  postgres:
    image: postgres:15-alpine
    container_name: lago-db
    environment:
      POSTGRES_USER: lago
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:-changeme}
      POSTGRES_DB: lago
    healthcheck:
      test: [CMD-SHELL, pg_isready -U lago -d lago -h localhost]
      interval: 10s
    networks: { default: { aliases: [db] } }
    volumes: ["data:/var/lib/postgresql/data"]
    ports: ["5432:5432"]
    profiles: [all]
  redis:
    image: redis:7-alpine
    ports: ["6379:6379"]
    profiles: [all]
  rsa-keys:
    image: getlago/api:v1.27.1
    command: [./scripts/generate.rsa.sh]
    volumes: ["rsa:/app/config/keys"]
    profiles: [all]
  migrate:
    <<: *backend
    restart: "no"
    depends_on:
      postgres: { condition: service_healthy, required: false }
    command: [./scripts/migrate.sh]
  api:
    <<: *backend
    container_name: lago-api
    command: [./scripts/start.api.sh]
  front:
    image: getlago/front:v1.27.1
    environment:
      API_URL: https://\${LAGO_DOMAIN}
  worker:
    <<: *backend
    container_name: lago-worker
    command: [./scripts/start.worker.sh]
  clock:
    <<: *backend
    command: [./scripts/start.clock.sh]
  billing-worker:
    <<: *backend
    container_name: lago-billing-worker
    command: [./scripts/start.billing.worker.sh]
  pdf-worker:
    <<: *backend
    command: [./scripts/start.pdf.worker.sh]
`;

/** The services of {@link DEPLOY_FILE} with its profile on, sorted. */
export const DEPLOY_FILE_SERVICES = [
  ...["api", "billing-worker", "clock", "front", "migrate", "pdf-worker", "postgres", "redis"],
  ...["rsa-keys", "traefik", "worker"],
];
