import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canGenerateRedisPassword,
  REDIS_CONFIG_VARIABLE,
  usesOwnDatabase,
  usesOwnRedis,
  withDerived,
} from "../../../../src/lago/config/derived.ts";
import { DEFAULT_DATABASE_URL, DEFAULT_REDIS_URL } from "../../../../src/lago/config/fields.ts";

describe("variables that follow from others", () => {
  it("are none for a plain password, which the files can hand on themselves", () => {
    const variables = { POSTGRES_PASSWORD: "plain-Password_1.~", LAGO_API_URL: "http://x" };
    expect(withDerived(variables)).toEqual(variables);
  });

  it("carry any password in a URL that gives it back", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (password) => {
        const given = { POSTGRES_PASSWORD: password, POSTGRES_USER: "lago" };
        const url = new URL(withDerived(given).DATABASE_URL ?? "");
        expect(decodeURIComponent(url.password)).toBe(password);
        expect(url.host).toBe("db:5432");
      }),
    );
  });

  it("never change what is given", () => {
    const given = {
      DATABASE_URL: "postgresql://a:b@host/c",
      POSTGRES_PASSWORD: "p@ss",
      LAGO_API_KEY: "key",
      LAGO_ORG_API_KEY: "other",
      REDIS_PASSWORD: "secret",
      LAGO_REDIS_CABLE_URL: "redis://cable",
      LAGO_REDIS_CACHE_PASSWORD: "cache",
    };
    expect(withDerived(given)).toMatchObject(given);
  });

  it("give the password of the bundled Redis to all that connect to it, and to Redis itself", () => {
    const derived = withDerived({ REDIS_PASSWORD: 'a"\n' });
    expect(derived).toMatchObject({
      LAGO_REDIS_CACHE_PASSWORD: 'a"\n',
      LAGO_REDIS_CABLE_URL: "redis://:a%22%0A@redis:6379",
      [REDIS_CONFIG_VARIABLE]: 'requirepass "\\x61\\x22\\x0a"',
    });
  });

  it("let the cache follow to a Redis of one's own, which needs no configuration of ours", () => {
    const derived = withDerived({ REDIS_URL: "redis://r:6379", REDIS_PASSWORD: "secret" });
    expect(derived.LAGO_REDIS_CACHE_URL).toBe("redis://r:6379");
    expect(derived).not.toHaveProperty(REDIS_CONFIG_VARIABLE);
  });
});

describe("the cache", () => {
  it.each([
    [{ REDIS_PORT: "6380" }, { LAGO_REDIS_CACHE_PORT: "6380" }],
    [
      { REDIS_HOST: "r.example.com", REDIS_PORT: "6380" },
      { LAGO_REDIS_CACHE_HOST: "r.example.com", LAGO_REDIS_CACHE_PORT: "6380" },
    ],
    [{ REDIS_PORT: "6380", LAGO_REDIS_CACHE_PORT: "6381" }, { LAGO_REDIS_CACHE_PORT: "6381" }],
    [
      {
        REDIS_URL: "redis://q.example.com",
        LAGO_REDIS_CACHE_HOST: "redis",
        REDIS_PASSWORD: "secret",
      },
      { LAGO_REDIS_CACHE_PASSWORD: "secret" },
    ],
  ])(
    "lies where the job queue does, or is told what the bundled Redis asks for, with %j",
    (given, expected) => {
      expect(withDerived(given)).toMatchObject(expected);
    },
  );

  it("stays where it is told to", () => {
    const given = {
      REDIS_HOST: "q.example.com",
      REDIS_PORT: "1",
      LAGO_REDIS_CACHE_HOST: "c.example.com",
    };
    expect(withDerived({ ...given, REDIS_PASSWORD: "secret" })).not.toHaveProperty(
      "LAGO_REDIS_CACHE_PASSWORD",
    );
    expect(withDerived(given)).toEqual(given);
  });
});

describe("the address for messages to browsers", () => {
  it("keeps TLS, and is left alone where the queue's is no URL", () => {
    const REDIS_PASSWORD = "secret";
    const cable = (REDIS_URL: string) =>
      withDerived({ REDIS_URL, REDIS_PASSWORD }).LAGO_REDIS_CABLE_URL;
    expect(cable("rediss://r.example.com:6380")).toBe("rediss://:secret@r.example.com:6380");
    expect(cable("no url")).toBeUndefined();
  });
});

describe("a database or Redis of one's own", () => {
  it.each([
    [{}, false],
    [{ DATABASE_URL: DEFAULT_DATABASE_URL }, false],
    [{ DATABASE_URL: "postgresql://a:b@db/c" }, false],
    [{ DATABASE_URL: "postgresql://a:b@db.example.com/c" }, true],
    [{ POSTGRES_HOST: "db.example.com" }, true],
    [{ POSTGRES_HOST: "db" }, false],
    [{ DATABASE_URL: "postgresql:///lago?host=/var/run/postgresql" }, true],
    [{ DATABASE_URL: "postgresql://no host" }, true],
    [{ DATABASE_URL: "" }, false],
  ])("is told from %j: %s", (variables, own) => {
    expect(usesOwnDatabase(variables)).toBe(own);
  });

  it.each([
    [{}, false],
    [{ REDIS_URL: DEFAULT_REDIS_URL }, false],
    [{ REDIS_URL: "redis://cache.example.com" }, true],
    [{ REDIS_HOST: "cache.example.com" }, true],
    [{ REDIS_URL: "redis://a", LAGO_REDIS_CACHE_URL: "redis://redis:6379" }, false],
    [{ LAGO_REDIS_CACHE_HOST: "cache.example.com" }, false],
  ])("is told from %j: %s", (variables, own) => {
    expect(usesOwnRedis(variables)).toBe(own);
  });

  it.each([
    [{}, true],
    [{ REDIS_URL: DEFAULT_REDIS_URL, REDIS_HOST: "redis" }, true],
    [{ LAGO_REDIS_CACHE_HOST: "cache.example.com" }, true],
    [{ LAGO_REDIS_CABLE_URL: "redis://cable.example.com" }, true],
    [{ REDIS_URL: "redis://queue.example.com" }, false],
    [{ REDIS_URL: "redis://redis:6379" }, false],
    [{ REDIS_HOST: "queue.example.com" }, false],
    [{ LAGO_REDIS_SIDEKIQ_SENTINELS: "a:26379,b:26379" }, false],
    [{ LAGO_REDIS_CACHE_URL: "redis://redis:6379/1" }, false],
    [{ LAGO_REDIS_CABLE_URL: "redis://redis/2" }, false],
    [{ LAGO_REDIS_STORE_URL: "redis:6379" }, false],
  ])(
    "decides whether the bundled Redis may have a password of ours, from %j: %s",
    (variables, may) => {
      expect(canGenerateRedisPassword(variables)).toBe(may);
    },
  );
});
