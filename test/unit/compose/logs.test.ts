import { describe, expect, it } from "vitest";
import { logsByService } from "../../../src/compose/logs.ts";
import { redactLogs } from "../../../src/redaction/log-lines.ts";
import { redactorFor } from "../../../src/redaction/redact.ts";
import { cleanText } from "../../../src/text/clean.ts";
import { fixture } from "../../support/fixtures.ts";

describe("logsByService", () => {
  it("cuts a recorded log by service", () => {
    const logs = logsByService(cleanText(fixture("docker", "logs-2.26.txt")));
    expect(Object.keys(logs)).toEqual(["lago-dev-db", "migrate", "wide"]);
    expect(logs.migrate).toBe("stand-in for redis:7-alpine: not Lago itself");
    expect(logs.wide?.split("\n")).toHaveLength(3);
    expect(logs.wide).toMatch(/^7:M .* # Server initialized\n/);
  });

  it.each([
    ["replicas share a text", "api-1  | a\napi-2  | b", { api: "a\nb" }],
    ["a service's own number stays", "api-2-1  | a", { "api-2": "a" }],
    ["a bar in a line is not a second prefix", "api-1  | a | b", { api: "a | b" }],
    ["indentation stays", "api-1  |   a", { api: "  a" }],
    ["empty lines stay", "api-1  | \napi-1  | a", { api: "\na" }],
    ["lines without a prefix belong to nobody", "warning\napi-1  | a\n", { api: "a" }],
    ["names are sorted", "b-1  | 2\na-1  | 1", { a: "1", b: "2" }],
    ["any name is a name", "__proto__-1  | a", { ["__proto__"]: "a" }],
    ["nothing is nothing", "", {}],
  ])("%s", (_, text, expected) => {
    const logs = logsByService(text);
    expect(Object.entries(logs)).toEqual(Object.entries(expected));
  });
});

describe("redactLogs", () => {
  const redact = redactorFor(["Vq7Zt2Lm9Xc4Rb8Kd3Wp"]);

  it.each([
    ["a secret in a line", "api-1  | it is Vq7Zt2Lm9Xc4Rb8Kd3Wp", "api-1  | it is [secret]"],
    [
      "one broken over lines, with those of another container between",
      "api-1  | it is Vq7Zt2Lm\ndb-1   | ready\napi-1  |   9Xc4Rb8K\ndb-1   | fine\napi-1  | d3Wp",
      "api-1  | it is [secret]\ndb-1   | ready\napi-1  |   [secret]\ndb-1   | fine\napi-1  | [secret]",
    ],
    [
      "the end of one, where the log driver has cut its line",
      "api-1  | Xc4Rb8Kd3Wp and on\ndb-1   | ready",
      "api-1  | [secret] and on\ndb-1   | ready",
    ],
    ["one in lines of nobody", "warning: Vq7Zt2Lm9Xc4Rb8K\nd3Wp", "warning: [secret]\n[secret]"],
  ])("hides %s", (_, text, expected) => {
    expect(redactLogs(text, redact)).toBe(expected);
  });

  it("leaves everything else as it is", () => {
    const logs = cleanText(fixture("docker", "logs-2.26.txt"));
    expect(redactLogs(logs, redact)).toBe(logs);
    expect(redactLogs("", redact)).toBe("");
  });
});
