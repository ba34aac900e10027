import { describe, expect, it } from "vitest";
import { SecretSearch } from "../../../../faults/watch/secret-search.ts";
import { canarySecrets } from "../../../../testing/world/secrets.ts";

const secrets = canarySecrets();
const search = new SecretSearch(secrets);
const namesIn = (text: string) => [...new Set(search.find(text).map(({ secret }) => secret))];

/** The ways in which programs write a secret down. */
const WAYS: [string, (secret: string) => string][] = [
  ["raw", (secret) => secret],
  ["JSON-escaped", (secret) => JSON.stringify({ value: secret })],
  ["JSON-escaped twice", (secret) => JSON.stringify(JSON.stringify(secret))],
  ["URL-encoded", (secret) => `postgres://lago:${encodeURIComponent(secret)}@db`],
  ["URL-encoded as a form", (secret) => new URLSearchParams({ secret }).toString()],
  ["base64", (secret) => Buffer.from(secret).toString("base64")],
  ["base64 for URLs", (secret) => Buffer.from(secret).toString("base64url")],
  ["base64 within longer base64", (secret) => Buffer.from(`a:${secret}!`).toString("base64")],
  ["wrapped and indented", (secret) => (secret.match(/.{1,11}/gs) ?? []).join("\n    ")],
];

describe.each(Object.keys(secrets))("%s", (name) => {
  it.each(WAYS)("is found %s", (_, write) => {
    expect(namesIn(`before ${write(secrets[name] ?? "")} behind`)).toContain(name);
  });
});

it("finds a line of a key that was decoded", () => {
  const pem = Buffer.from(secrets.LAGO_RSA_PRIVATE_KEY ?? "", "base64").toString();
  expect(namesIn(pem.split("\n")[3] ?? "")).toEqual(["LAGO_RSA_PRIVATE_KEY"]);
});

it("finds nothing in other secrets, and refuses short ones", () => {
  expect(search.find(JSON.stringify(canarySecrets()))).toEqual([]);
  expect(() => new SecretSearch({ SHORT: "hunter2" })).toThrow("SHORT");
});
