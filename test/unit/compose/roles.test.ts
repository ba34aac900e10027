import { describe, expect, it } from "vitest";
import {
  isAllInOne,
  isReleasedImage,
  roleOf,
  type ServiceTraits,
} from "../../../src/compose/roles.ts";
import type { Role } from "../../../src/lago/catalogue/types.ts";

const roleIn = (traits: Partial<ServiceTraits>) => roleOf({ image: "", command: "", ...traits });

describe("the role of a service", () => {
  it.each<[string, string, Role | undefined]>([
    ["getlago/api:v1.50.0", "", "api"],
    ["getlago/api:v1.50.0", "./scripts/start.api.sh", "api"],
    ["getlago/api", "./scripts/start.sh", "api"],
    ["getlago/api:v1.50.0", "bundle exec rails s -b 0.0.0.0", "api"],
    ["getlago/api:v1.50.0", "./scripts/start.worker.sh", "worker"],
    ["getlago/api:v1.50.0", "./scripts/start.clock.worker.sh", "worker"],
    ["getlago/api:v1.50.0", "bundle exec sidekiq -C config/sidekiq.yml", "worker"],
    ["getlago/api:v1.50.0", "./scripts/start.clock.sh", "clock"],
    ["getlago/api:v1.50.0", "./scripts/migrate.sh", "migrate"],
    ["getlago/api:v1.50.0", "./scripts/generate.rsa.sh", "compose"],
    ["getlago/api:v1.50.0", "sleep infinity", "worker"],
    ["registry.example.com:5000/mirror/getlago/api@sha256:0123", "", "api"],
    ["ghcr.io/acme/getlago-api:v1.50.0", "", "api"],
    ["harbor.local/lago/front:v1.50.0", "", "front"],
    ["registry.example.com/acme/lago-api-custom:1.50.0", "./scripts/start.clock.sh", "clock"],
    ["acme/our-lago-front:3", "", "front"],
    ["acme/billing:7", "./scripts/start.api.sh", "api"],
    ["acme/billing:7", "bash -c ./scripts/start.events.worker.sh", "worker"],
    ["", "./scripts/migrate.sh", "migrate"],
    ["getlago/api:v1.50.0", 'sh -c "rails db:migrate && ./scripts/start.api.sh"', "api"],
    ["getlago/api:v1.50.0", "bash -c ./scripts/migrate.sh; exec bundle exec puma", "api"],
    ["getlago/api:v1.50.0", "sh -c ./scripts/migrate.sh && ./scripts/start.worker.sh", "worker"],
    ["getlago/api:v1.50.0", "sh -c ./scripts/start.api.sh || exit 1", "api"],
    ["getlago/api:v1.50.0", "sh -c ./scripts/generate.rsa.sh && ./scripts/migrate.sh", "migrate"],
    ["acme/billing:7", "sh -c ./scripts/migrate.sh && ./scripts/start.api.sh", "api"],
    ["acme/shop:7", "bundle exec sidekiq", undefined],
    ["acme/shop:7", "", undefined],
    ["acme/api:7", "", undefined],
    ["getlago/front:v1.50.0", "", "front"],
    ["postgres:15-alpine", "", "db"],
    ["getlago/postgres-partman:15.0-alpine", "", "db"],
    ["pgvector/pgvector:pg16", "", "db"],
    ["timescale/timescaledb:latest-pg15", "", "db"],
    ["postgis/postgis:15-3.4", "", "db"],
    ["timescale/timescaledb-ha:pg16", "", "db"],
    ["bitnami/postgresql:16", "", "db"],
    ["bitnamilegacy/postgresql-repmgr:16", "/opt/bitnami/scripts/postgresql-repmgr/run.sh", "db"],
    ["bitnami/postgresql:16", "bash -c /opt/bitnami/scripts/postgresql/run.sh", "db"],
    ["public.ecr.aws/supabase/postgres:15.8.1.060", "", "db"],
    ["ankane/pgvector:latest", "", "db"],
    ["tensorchord/pgvecto-rs:pg16-v0.3", "", "db"],
    ["citusdata/citus:12", "", "db"],
    ["paradedb/paradedb:latest", "", "db"],
    ["apache/age:PG16_latest", "", "db"],
    ["postgrest/postgrest:v12", "", undefined],
    ["supabase/postgres-meta:v0.83", "", undefined],
    ["jbergknoff/postgresql-client", "", undefined],
    ["prometheuscommunity/postgres-exporter:v0.15", "", undefined],
    ["edoburu/pgbouncer:1.22", "", undefined],
    ["prodrigestivill/postgres-backup-local:15", "", undefined],
    ["redis:7-alpine", "redis-server --appendonly yes", "redis"],
    ["redis:7-alpine", "--save 60 1", "redis"],
    ["redis:7-alpine", "sh -c exec redis-server /etc/redis.conf", "redis"],
    ["redis:7-alpine", "redis-cli -h redis flushall", undefined],
    ["redis:7-alpine", "true", undefined],
    ["postgres:15", "docker-entrypoint.sh postgres -c max_connections=200", "db"],
    ["postgres:15", "postgres -c shared_preload_libraries=pg_stat_statements,pg_cron", "db"],
    ["postgres:15", "-c shared_preload_libraries=pg_stat_statements", "db"],
    ["postgres:15", "postgres -c config_file=/etc/postgresql/postgresql.conf", "db"],
    ["postgres:15", "psql -h db -c select", undefined],
    ["postgres:15", "sh -c until pg_isready -h db; do sleep 1; done", undefined],
    ["postgres:15", "sh -c pg_dump lago", undefined],
    ["valkey/valkey:8", "", "redis"],
    ["eqalpha/keydb:6", "", "redis"],
    ["eqalpha/keydb:6", "keydb-server /etc/keydb/keydb.conf --requirepass x", "redis"],
    ["bitnami/redis:7.2", "", "redis"],
    ["bitnami/valkey:8", "/opt/bitnami/scripts/valkey/run.sh", "redis"],
    ["redis/redis-stack-server:7.4.0", "redis-stack-server --save 60 1", "redis"],
    ["redis:7", "/usr/local/etc/redis/redis.conf", "redis"],
    ["apache/kvrocks:2.9", "", "redis"],
    ["ghcr.io/microsoft/garnet:latest", "", "redis"],
    ["docker.dragonflydb.io/dragonflydb/dragonfly", "dragonfly --logtostderr", "redis"],
    ["bitnami/redis-sentinel:7", "", undefined],
    ["redis/redisinsight:2", "", undefined],
    ["docker.dragonflydb.io/dragonflydb/dragonfly:v1", "", "redis"],
    ["oliver006/redis_exporter:v1", "", undefined],
    ["getlago/lago-gotenberg:7.8.2", "", "pdf"],
    ["gotenberg/gotenberg:8", "", "pdf"],
    ["traefik:v3", "", "proxy"],
    ["caddy:2", "", "proxy"],
  ])("with image `%s` and command `%s` is %s", (image, command, role) => {
    expect(roleIn({ image, command })).toBe(role);
  });

  it.each<[string, Role | undefined]>([
    ["CMD-SHELL pg_isready -U lago", "db"],
    ["CMD valkey-cli ping", "redis"],
    ["CMD-SHELL curl -f http://localhost:3000/health || exit 1", "api"],
    ["CMD true", undefined],
  ])("of an unknown image is told by the health check `%s`: %s", (healthCheck, role) => {
    expect(roleIn({ image: "acme/thing:1", healthCheck })).toBe(role);
  });
});

describe("the image of a service", () => {
  it.each([
    ["getlago/api:v1.50.0", true],
    ["registry.example.com/getlago/front@sha256:0123", true],
    ["ghcr.io/acme/getlago-api:v1.50.0", true],
    ["acme/lago-api-custom:1.50.0", false],
    ["postgres:15", false],
  ])("%s has the releases of Lago as its tags: %s", (image, expected) => {
    expect(isReleasedImage(image)).toBe(expected);
  });

  it.each([
    ["getlago/lago:v1.45.0", true],
    ["mirror.example.com/getlago/lago", true],
    ["getlago/lago-gotenberg:7.8.2", false],
    ["getlago/api", false],
  ])("%s has all of Lago in it: %s", (image, expected) => {
    expect(isAllInOne(image)).toBe(expected);
  });
});
