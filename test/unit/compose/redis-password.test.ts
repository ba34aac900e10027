import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { canHavePassword } from "../../../src/compose/redis-password.ts";

const OFFICIAL = { image: "redis:7-alpine" };

function judge(redis: object | undefined, api: object = {}): boolean {
  const services = {
    api: { image: "getlago/api:v1.50.0", environment: api },
    ...(redis === undefined ? {} : { redis }),
  };
  return canHavePassword(parseComposeModel(JSON.stringify({ services })));
}

describe("a password that the files do not know", () => {
  it.each([
    OFFICIAL,
    { image: "registry.example.com:5000/library/redis:7" },
    { ...OFFICIAL, command: "--port ${REDIS_PORT:-6379}" },
    { ...OFFICIAL, command: ["redis-server", "--appendonly", "yes"] },
  ])("can be given to %j", (redis) => {
    expect(judge(redis)).toBe(true);
    expect(judge(redis, { REDIS_URL: "redis://${REDIS_HOST:-redis}:${REDIS_PORT:-6379}" })).toBe(
      true,
    );
  });

  it.each([
    undefined,
    { image: "bitnami/redis:7" },
    { image: "valkey/valkey:8" },
    { ...OFFICIAL, entrypoint: ["sh", "-c", "exec redis-server"] },
    { ...OFFICIAL, command: ["redis-server", "/etc/redis.conf"] },
    { ...OFFICIAL, command: "redis-server --requirepass chosen" },
    { ...OFFICIAL, command: ["sh", "-c", "redis-server"] },
  ])("cannot be given to %j", (redis) => {
    expect(judge(redis)).toBe(false);
  });

  it.each(["redis://queue.example.com:6379", "redis://:own@redis:6379", "rediss://redis:6379"])(
    "is not sent where the files lead the back end to %s",
    (url) => {
      expect(judge(OFFICIAL, { REDIS_URL: url })).toBe(false);
    },
  );
});
