/** The questions of a deploy and a destroy on a real terminal. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../../src/process/run.ts";
import { COMPILE_CACHE, ROOT } from "../../../testing/folders.ts";
import { onTerminal } from "../../../testing/pty.ts";

const folder = mkdtempSync(join(tmpdir(), "zbl-test-questions-"));
const env = {
  ...{ PATH: process.env.PATH ?? "", NODE_COMPILE_CACHE: COMPILE_CACHE },
  ...{ TERM: "xterm", LANG: "C" },
};

afterAll(() => rmSync(folder, { recursive: true }));

/** Asks a question, and says what came of it. */
function asking(question: string): string[] {
  const from = (path: string) => JSON.stringify(join(ROOT, path));
  const program = `
    import { processContext } from ${from("src/cli/process-context.ts")};
    import { stackContext } from ${from("src/cli/stack-context.ts")};
    const { signal } = new AbortController();
    const { questions } = stackContext(processContext({ signal, environment: process.env }), ".");
    if (questions === undefined) {
      console.log("nobody can answer");
    } else {
      await questions.${question}.then(
        (answer) => console.log("answer:", JSON.stringify(answer)),
        ({ kind, message }) => console.log(kind + ":", message),
      );
    }`;
  return [process.execPath, "--input-type=module", "--eval", program];
}

/** Types the keys at the question; then the terminal's input ends. */
async function answering(question: string, keys: string): Promise<string> {
  const file = join(folder, randomUUID());
  writeFileSync(file, "");
  const [terminal, args] = onTerminal(asking(question), { columns: 80, rows: 24 });
  const hands = `until grep -q 'Sure' "$screen"; do sleep 0.02; done; printf '${keys}'`;
  const script = `screen=$1; shift; { ${hands}; } | "$@" > "$screen"`;
  await run("sh", ["-c", script, "sh", file, terminal, ...args], { timeoutMs: 25_000, env });
  return readFileSync(file, "utf8");
}

describe("a question", { concurrent: true }, () => {
  it.each([
    ["y\\r", "answer: true"],
    ["\\r", "answer: false"],
    ["\\003", "Canceled: Nothing was changed: the question was not answered."],
    ["\\004", "Canceled: Nothing was changed: the question was not answered."],
  ])("is answered by %j", async (keys, said) => {
    expect(await answering('yesNo("Sure?")', keys)).toContain(said);
  });

  it("is answered by a text", async () => {
    expect(await answering('text("Sure?")', "prod\\r")).toContain('answer: "prod"');
  });

  it("is not asked where there is no terminal", async () => {
    const [program = "", ...args] = asking('yesNo("Sure?")');
    const { stdout } = await run(program, args, { timeoutMs: 25_000, env });
    expect(stdout).toBe("nobody can answer\n");
  });
});
