import { describe, expect, it } from "vitest";
import { redactLogs } from "../../../src/redaction/log-lines.ts";
import { redactorFor } from "../../../src/redaction/redact.ts";
import { cleanText } from "../../../src/text/clean.ts";
import { fixture } from "../../support/fixtures.ts";

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
