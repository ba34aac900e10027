import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogWindow } from "../../../src/compose/log-window.ts";
import { redactorFor } from "../../../src/text/redact.ts";

const SECRET = "Zk3vQw8rTn5xLb2mYp7sHd4fGc9jKa6e0uNiVoEt";
const redact = redactorFor([SECRET]);

/** What is shown of parts that come one after the other. */
function shown(...parts: readonly (readonly string[])[]): string[] {
  const window = new LogWindow();
  return parts.flatMap((lines) => window.show(lines, redact));
}

describe("a log that comes in parts", () => {
  it("keeps its lines, in order, cleaned, each with its container", () => {
    const lines = [
      "api-1  | \u001b[31mone",
      "db-1   | two",
      "api-1 exited with code 0",
      "api-1  | ",
    ];
    expect(shown(lines)).toEqual([
      "api-1  | one",
      "db-1   | two",
      "api-1 exited with code 0",
      "api-1  | ",
    ]);
  });

  it("hides a secret that is whole in a line", () => {
    expect(shown([`api-1  | a ${SECRET} b`])).toEqual(["api-1  | a [secret] b"]);
  });

  it("hides the second half of a secret that began in the part before", () => {
    const halves = [SECRET.slice(0, 10), SECRET.slice(10, 20), SECRET.slice(20)];
    const text = shown(...halves.map((half) => [`api-1  | ${half}`])).join("\n");
    expect(text).toBe(["api-1  | [secret]", "api-1  | [secret]", "api-1  | [secret]"].join("\n"));
  });

  it("hides it although another container speaks in between", () => {
    const text = shown(
      [`api-1  | ${SECRET.slice(0, 12)}`, "db-1   | x"],
      ["db-1   | y", `api-1  | ${SECRET.slice(12, 24)}`],
    ).join("\n");
    expect(text).not.toContain(SECRET.slice(12, 24));
    expect(text).not.toContain(SECRET.slice(0, 12));
  });

  it("takes no line of another container for the rest of a secret", () => {
    const tail = SECRET.slice(-8, -2);
    expect(shown([`api-1  | ${SECRET.slice(0, -8)}`], [`db-1   | is ${tail}`]).at(-1)).toBe(
      `db-1   | is ${tail}`,
    );
  });

  it("cuts a line that is too long, and no secret with it", () => {
    const [line = ""] = shown([`api-1  | ${"x".repeat(16 * 1024 - 20)}${SECRET}`]);
    expect(line.length).toBeLessThanOrEqual(16 * 1024 + 20);
    expect(line).not.toContain(SECRET.slice(0, 4));
  });

  it("shows no 16 characters of a secret, however it is broken over lines and parts", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: SECRET.length - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (at, ends) => {
        const places = [0, ...new Set(at), SECRET.length].sort((a, b) => a - b);
        const lines = places.slice(1).map((end, n) => SECRET.slice(places[n], end));
        const parts: string[][] = [[]];
        lines.forEach((line, n) => {
          parts.at(-1)?.push(`api-1  | ${line}`);
          if (ends[n]) {
            parts.push([]);
          }
        });
        const text = shown(...parts)
          .map((line) => line.replace("api-1  | ", ""))
          .join("");
        for (let n = 0; n + 16 <= SECRET.length; n += 1) {
          expect(text).not.toContain(SECRET.slice(n, n + 16));
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
