/** Whatever the parts are in which a log comes, it shows no more of a secret than it does as a whole. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOLD_MS } from "../../../../src/redaction/live-log.ts";
import { partsOfLine, redactLogs } from "../../../../src/redaction/log-lines.ts";
import { LogWindow } from "../../../../src/redaction/log-window.ts";
import { endFinderFor, redactorFor } from "../../../../src/redaction/redact.ts";
import { cleanText } from "../../../../src/text/clean.ts";
import { logInParts, noise, type SaidLine, SECRET, seen } from "../../../support/log-parts.ts";

const HIDING = { redact: redactorFor([SECRET]), openEnd: endFinderFor([SECRET]) };

const lineOf = ({ container, text }: SaidLine) => `${container}  | ${text}`;

/** What is shown of each container's log when it comes in its parts. */
function inParts(said: readonly SaidLine[]) {
  const window = new LogWindow();
  const shown: string[] = [];
  let nowMs = 0;
  let part: string[] = [];
  for (const line of said) {
    part.push(lineOf(line));
    if (line.endsPart) {
      shown.push(...window.show(part, HIDING, nowMs));
      part = [];
      for (const until = nowMs + line.pauseMs; nowMs < until; ) {
        nowMs = Math.min(until, window.dueMs);
        shown.push(...window.show([], HIDING, nowMs));
      }
    }
  }
  shown.push(...window.show(part, HIDING, nowMs), ...window.end(HIDING.redact));
  return byContainer(shown);
}

function byContainer(lines: readonly string[]): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const { container, text } of lines.map(partsOfLine)) {
    texts.set(container, [...(texts.get(container) ?? []), text]);
  }
  return texts;
}

/** How many characters of each piece of a secret are shown in parts, and are not as a whole. */
function excess(said: readonly SaidLine[]): number {
  const whole = byContainer(
    redactLogs(cleanText(said.map(lineOf).join("\n")), HIDING.redact).split("\n"),
  );
  const parts = inParts(said);
  expect([...parts.keys()].sort()).toEqual([...whole.keys()].sort());
  const byPiece = new Map<number, number>();
  for (const [container, lines] of whole) {
    const own = said.filter((line) => line.container === container);
    const shown = parts.get(container) ?? [];
    expect(shown.map(noise)).toEqual(lines.map(noise));
    own.forEach(({ piece = -1 }, n) => {
      const more = seen(shown[n] ?? "").length - seen(lines[n] ?? "").length;
      byPiece.set(piece, (byPiece.get(piece) ?? 0) + Math.max(0, more));
    });
  }
  return Math.max(0, ...byPiece.values());
}

describe("a log in parts", () => {
  it("shows no 3 characters of a secret that it would not show as a whole, wherever a part ends", () => {
    fc.assert(
      fc.property(logInParts(fc.constant(0)), (said) => {
        expect(excess(said)).toBeLessThan(3);
      }),
      { numRuns: 300 },
    );
  });

  it("shows no 6 of them, however long the pauses are", () => {
    fc.assert(
      fc.property(logInParts(fc.nat({ max: 3 * HOLD_MS })), (said) => {
        expect(excess(said)).toBeLessThan(6);
      }),
      { numRuns: 300 },
    );
  });
});
