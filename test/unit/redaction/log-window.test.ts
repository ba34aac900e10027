import { describe, expect, it } from "vitest";
import { HOLD_MS } from "../../../src/redaction/live-log.ts";
import { LogWindow } from "../../../src/redaction/log-window.ts";
import { endFinderFor, redactorFor } from "../../../src/redaction/redact.ts";
import { SECRET } from "../../support/log-parts.ts";

const HIDING = { redact: redactorFor([SECRET]), openEnd: endFinderFor([SECRET]) };

/** What is shown of parts that come one after the other, up to the end. */
function shown(...parts: readonly (readonly string[])[]): string[] {
  const window = new LogWindow();
  const lines = parts.flatMap((part) => window.show(part, HIDING, 0));
  return [...lines, ...window.end(HIDING.redact)];
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
});

describe("a line that ends within a secret", () => {
  const begins = `api-1  | it is ${SECRET.slice(0, 5)}`;

  it("is held back until the rest is there, however the parts come", () => {
    const window = new LogWindow();
    expect(window.show([begins], HIDING, 0)).toEqual([]);
    expect(window.show([`api-1  | ${SECRET.slice(5, 9)}`], HIDING, 100)).toEqual([
      "api-1  | it is [secret]",
      "api-1  | [secret]",
    ]);
  });

  it("is shown as it is once something else follows", () => {
    const window = new LogWindow();
    window.show([begins], HIDING, 0);
    expect(window.show(["api-1  | and on"], HIDING, 100)).toEqual([begins, "api-1  | and on"]);
    expect(window.dueMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("is shown without that end when nothing follows for half a second, and the rest without itself", () => {
    const window = new LogWindow();
    window.show([begins], HIDING, 0);
    expect(window.dueMs).toBe(HOLD_MS);
    expect(window.show([], HIDING, HOLD_MS - 1)).toEqual([]);
    expect(window.show([], HIDING, HOLD_MS)).toEqual(["api-1  | it is [secret]"]);
    expect(window.show([`api-1  | ${SECRET.slice(5)}`], HIDING, 9_000)).toEqual([
      "api-1  | [secret]",
    ]);
  });

  it("is shown as it is where that end is a word that happens to be within a secret", () => {
    const window = new LogWindow();
    const line = `api-1  | it is ${SECRET.slice(10, 14)}`;
    expect(window.show([line], HIDING, 0)).toEqual([]);
    expect(window.show([], HIDING, HOLD_MS)).toEqual([line]);
  });

  it("keeps no other container waiting", () => {
    const window = new LogWindow();
    expect(window.show([begins, "db-1   | ready"], HIDING, 0)).toEqual(["db-1   | ready"]);
    expect(window.show(["db-1   | fine"], HIDING, HOLD_MS)).toEqual([
      "api-1  | it is [secret]",
      "db-1   | fine",
    ]);
  });

  it("is shown when the log ends, with what of a secret the log of a whole shows", () => {
    expect(shown([begins])).toEqual([begins]);
  });

  it("is lost for no container, however many there are", () => {
    const lines = Array.from({ length: 300 }, (_, n) => begins.replace("api-1", `api-${n}`));
    expect(shown(...lines.map((line) => [line]))).toHaveLength(300);
  });

  it("takes no memory with what follows, and no line from it", () => {
    const blanks = Array.from({ length: 20_000 }, () => "api-1  | ");
    expect(shown([begins], blanks)).toEqual([begins, ...blanks]);
    const window = new LogWindow();
    expect(window.show([begins, ...blanks], HIDING, 0)).toHaveLength(20_001);
  });
});
