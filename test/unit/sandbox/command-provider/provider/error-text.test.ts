import { describe, expect, it } from "vitest";
import {
  commandError,
  endReason,
  quote,
} from "../../../../../sandbox/command-provider/provider/error-text.ts";

describe("quote", () => {
  it.each([
    ["plain", '"plain"'],
    ['"quoted" \\', '"\\"quoted\\" \\\\"'],
    ["\n\t\r\x07\b\f\v", '"\\n\\t\\r\\a\\b\\f\\v"'],
    ["\0\x1b\x7f", '"\\x00\\x1b\\x7f"'],
    ["é€😀", '"é€😀"'],
    ["\u00a0\u200b\u2028", '"\\u00a0\\u200b\\u2028"'],
    ["\u{e0001}", '"\\U000e0001"'],
  ])("quotes %j", (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});

describe("endReason", () => {
  it.each([
    [0, null, undefined],
    [3, null, "exit status 3"],
    [null, "SIGKILL", "signal: killed"],
    [null, "SIGTERM", "signal: terminated"],
    [null, "SIGSEGV", "signal: segmentation fault"],
  ] as const)("words exit code %j, signal %j", (code, signal, words) => {
    expect(endReason(code, signal)).toBe(words);
  });
});

describe("commandError", () => {
  it("has the reason, the command and the output", () => {
    const error = commandError(new Error("exit status 1"), "a\nb", Buffer.from("out\n"));
    expect(error.message).toBe('exit status 1: running "a\\nb":\nout\n');
  });
});
