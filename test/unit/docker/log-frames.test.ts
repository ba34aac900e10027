import fc from "fast-check";
import { expect, it } from "vitest";
import { LogFrames } from "../../../src/docker/log-frames.ts";

/** A frame as the engine sends it: stream, three zeros, length, payload. */
function frame(stream: number, payload: string): Buffer {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(payload), 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

function payloads(chunks: readonly Buffer[]): string {
  const found: Buffer[] = [];
  const frames = new LogFrames((bytes) => found.push(Buffer.from(bytes)));
  for (const chunk of chunks) {
    frames.push(chunk);
  }
  return Buffer.concat(found).toString("utf8");
}

it("are taken apart wherever the chunks of an answer end", () => {
  const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: "grapheme" })));
  fc.assert(
    fc.property(frames, fc.array(fc.nat({ max: 40 })), (sent, cuts) => {
      const whole = Buffer.concat(sent.map(([stream, text]) => frame(stream, text)));
      const ends = [...new Set(cuts)].sort((a, b) => a - b);
      const chunks = [0, ...ends].map((start, n) => whole.subarray(start, ends[n]));
      expect(payloads(chunks)).toBe(sent.map(([, text]) => text).join(""));
    }),
  );
});

it("show nothing of a header, and all of a frame that was cut off", () => {
  expect(payloads([frame(1, "one\n"), frame(2, "two\n").subarray(0, 10)])).toBe("one\ntw");
  expect(payloads([frame(1, "one\n").subarray(0, 7)])).toBe("");
});
