/** The questions of `init` on a real terminal. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../../../../src/process/run.ts";
import { CLI, interpreter } from "../../../../../testing/cli.ts";
import { COMPILE_CACHE } from "../../../../../testing/folders.ts";
import { onTerminal } from "../../../../../testing/pty.ts";

const folder = mkdtempSync(join(tmpdir(), "zbl-test-prompts-"));

afterAll(() => rmSync(folder, { recursive: true }));

const QUESTIONS = ["Name of the stack", "reach Lago"] as const;

/** Answers the first question and types the keys at the second; then the terminal's input ends. */
async function typing(keys: string, env: Readonly<Record<string, string>>) {
  const file = join(folder, randomUUID());
  writeFileSync(file, "");
  const [terminal, args] = onTerminal([...interpreter(), CLI, "init"], { columns: 80, rows: 24 });
  const until = (question: string) => `until grep -q '${question}' "$screen"; do sleep 0.02; done`;
  const hands = `${until(QUESTIONS[0])}; printf 'dev\\r'; ${until(QUESTIONS[1])}; printf '${keys}'`;
  const script = `screen=$1; shift; { ${hands}; } | "$@" > "$screen"`;
  const { exitCode } = await run("sh", ["-c", script, "sh", file, terminal, ...args], {
    timeoutMs: 25_000,
    env: { PATH: process.env.PATH ?? "", NODE_COMPILE_CACHE: COMPILE_CACHE, TERM: "xterm", ...env },
  });
  return { exitCode, screen: readFileSync(file, "utf8") };
}

describe("the questions of init", { concurrent: true }, () => {
  it.each([
    ["Ctrl-C", "\\003"],
    ["Ctrl-D", "\\004"],
    ["the end of the terminal's input", ""],
  ])("end with %s, which makes nothing and is no fault", async (_, keys) => {
    const { exitCode, screen } = await typing(keys, { LANG: "C" });
    expect(screen).toContain("Canceled: No stack was created");
    expect(screen).not.toContain("unsettled");
    expect(exitCode).toBe(130);
  });

  it("are asked with signs that the locale can show", async () => {
    const { screen } = await typing("", { LANG: "C" });
    expect(screen).toContain("* ");
    // One byte each: nothing beyond ASCII.
    expect(Buffer.byteLength(screen)).toBe(screen.length);
  });

  it("are asked with the usual ones where it is UTF-8", async () => {
    const { screen } = await typing("", { LANG: "C.UTF-8" });
    expect(screen).toContain("\u2714");
  });
});
