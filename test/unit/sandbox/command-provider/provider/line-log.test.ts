import { describe, expect, it } from "vitest";
import { LineLog } from "../../../../../sandbox/command-provider/provider/line-log.ts";

describe("LineLog", () => {
  it("cuts output into lines, wherever the pieces end", async () => {
    expect(await shown("a\nb", "c\r\n", "\n", "last")).toEqual(["a", "bc", "", "last"]);
  });

  it("keeps characters whole that arrive in two pieces", async () => {
    const euro = Buffer.from("€\n");
    expect(await shown(euro.subarray(0, 2), euro.subarray(2))).toEqual(["€"]);
  });

  it("cuts a long line at the same places, however it arrives", async () => {
    const line = "x".repeat(40_000);
    const lengths = [16_384, 16_384, 7232];
    expect((await shown(`${line}\n`)).map((part) => part.length)).toEqual(lengths);
    const pieces = line.match(/.{1,999}/g) ?? [];
    expect((await shown(...pieces)).map((part) => part.length)).toEqual(lengths);
  });

  it("asks for a pause when the engine lags behind, and says when to go on", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const log = new LineLog(() => gate);
    expect(log.push(Buffer.from("\n".repeat(1000)))).toBe(true);
    expect(log.push(Buffer.from("\n"))).toBe(false);
    let isTaken = false;
    const taken = new Promise<void>((resolve) => {
      log.whenTaken(() => {
        isTaken = true;
        resolve();
      });
    });
    expect(isTaken).toBe(false);
    open();
    await taken;
    expect(log.push(Buffer.from("\n"))).toBe(true);
  });
});

async function shown(...pieces: (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  const log = new LineLog(async (line) => {
    lines.push(line);
  });
  for (const piece of pieces) {
    log.push(Buffer.from(piece));
  }
  await log.end();
  return lines;
}
