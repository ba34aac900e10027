import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, release, TailBuffer } from "../../../src/process/output.ts";
import { type RunOptions, run } from "../../../src/process/run.ts";
import { ROOT } from "../../../testing/folders.ts";
import { anyText } from "../../support/arbitraries.ts";

function runScript(script: string, options: Partial<RunOptions> = {}) {
  return run(process.execPath, ["-e", script], { env: {}, timeoutMs: 20_000, ...options });
}

/** Runs JavaScript and collects the lines that it writes. */
async function linesOf(script: string) {
  const lines: [line: string, stream: string][] = [];
  const result = await runScript(script, { onLine: (...line) => lines.push(line) });
  return { lines, result };
}

describe("output of a process", () => {
  it("keeps a character whole that arrives in two pieces", async () => {
    const { lines, result } = await linesOf(`
      process.stdout.write(Buffer.from([0x61, 0xc3]));
      setTimeout(() => process.stdout.write(Buffer.from([0xa9, 0x0a])), 50);`);
    expect(result.stdout).toBe("aé\n");
    expect(lines).toEqual([["aé", "stdout"]]);
  });

  it("shows bytes that are no UTF-8 as replacement characters", async () => {
    const { lines, result } = await linesOf(
      "process.stdout.write(Buffer.from([0x61, 0xff, 0x62]))",
    );
    expect(result.stdout).toBe("a\ufffdb");
    expect(lines).toEqual([["a\ufffdb", "stdout"]]);
  });

  it("hands on each line as it comes, an unterminated last one too", async () => {
    const { lines } = await linesOf(`
      process.stdout.write("one\\n\\ntwo");
      setTimeout(() => process.stderr.write("warning\\n"), 50);
      setTimeout(() => process.stdout.write(" and a half"), 100);`);
    expect(lines).toEqual([
      ["one", "stdout"],
      ["", "stdout"],
      ["warning", "stderr"],
      ["two and a half", "stdout"],
    ]);
  });

  it("is kept from its end when it is longer than asked for", async () => {
    const { stdout, stderr, truncated } = await runScript(
      `process.stdout.write("0123456789".repeat(1_000_000) + "the end"); process.stderr.write("x")`,
      { captureBytes: 1_000 },
    );
    expect(stdout).toHaveLength(1_000);
    expect(stdout.endsWith("789the end")).toBe(true);
    expect(stderr).toBe("x");
    expect(truncated).toBe(true);
  });

  it("hands a line of 10 MB without a break on as one short line", async () => {
    const { lines, result } = await linesOf(
      `process.stdout.write("x".repeat(10_000_000)); process.stderr.write("done\\n")`,
    );
    expect(result.exitCode).toBe(0);
    const [long] = lines.filter(([, stream]) => stream === "stdout").map(([line]) => line);
    expect(lines).toHaveLength(2);
    expect(long).toMatch(/^x+$/);
    expect(long?.length).toBeLessThan(100_000);
  });

  it("needs no memory to speak of, however much there is", async () => {
    const module = pathToFileURL(join(ROOT, "src/process/run.ts")).href;
    const peakKiB = async (megabytes: number) => {
      const writer = `const block = "x".repeat(1e6);
        let left = ${megabytes};
        const write = () => { while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once("drain", write); };
        write();`;
      const reader = `const { run } = await import(${JSON.stringify(module)});
        const result = await run(process.execPath, ["-e", ${JSON.stringify(writer)}],
          { env: {}, timeoutMs: 20_000, captureBytes: 1_000_000, onLine: () => {} });
        console.log(JSON.stringify([result.stdout.length, process.resourceUsage().maxRSS]));`;
      const { stdout } = await run(process.execPath, ["--input-type=module", "-e", reader], {
        env: {},
        timeoutMs: 20_000,
      });
      const [length, maxRss] = JSON.parse(stdout) as [number, number];
      expect(length).toBe(Math.min(megabytes, 1) * 1_000_000);
      return maxRss;
    };
    const growthKiB = (await peakKiB(200)) - (await peakKiB(1));

    expect(growthKiB).toBeLessThan(30_000);
  });
});

const chunksArbitrary = fc.array(
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

describe("TailBuffer", () => {
  it("keeps exactly the last bytes of any stream", () => {
    fc.assert(
      fc.property(chunksArbitrary, fc.integer({ min: 1, max: 100 }), (chunks, limit) => {
        const tail = new TailBuffer(limit);
        for (const chunk of chunks) {
          tail.push(chunk);
        }
        const all = Buffer.concat(chunks);
        expect(tail.toString()).toBe(
          all.subarray(Math.max(0, all.length - limit)).toString("utf8"),
        );
        expect(tail.truncated).toBe(all.length > limit);
      }),
    );
  });
});

describe("release", () => {
  it("empties a chunk that has its memory for itself", () => {
    const chunk = Buffer.from(new ArrayBuffer(8));
    release(chunk);
    expect(chunk).toHaveLength(0);
  });

  it("leaves one alone whose memory others use too", () => {
    const [first, second] = [Buffer.from("first"), Buffer.from("second")];
    release(first);
    release(second.subarray(1));
    expect([first, second].map(String)).toEqual(["first", "second"]);
  });
});

describe("LineSplitter", () => {
  it("finds the same lines however the bytes are cut", () => {
    fc.assert(
      fc.property(anyText(), fc.integer({ min: 1, max: 7 }), (text, size) => {
        const bytes = Buffer.from(text.replaceAll("\ufeff", ""), "utf8");
        const lines: string[] = [];
        const splitter = new LineSplitter((line) => lines.push(line));
        for (let start = 0; start < bytes.length; start += size) {
          splitter.push(bytes.subarray(start, start + size));
        }
        splitter.end();
        const expected = bytes.toString("utf8").split("\n");
        expect(lines).toEqual(expected.at(-1) === "" ? expected.slice(0, -1) : expected);
      }),
    );
  });
});
