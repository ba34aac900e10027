/** Blocks of a document, which a shell runs as they stand there. */
import { type RunResult, run } from "../../../../src/process/run.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { blocksOf } from "../../../support/docs/markdown.ts";

const TIMEOUT_MS = 280_000;

/**
 * The blocks of a document that say they are run by `test`, in their order.
 *
 * @throws Error when there are none: the test has moved, or the document says so no more
 */
export function blocksRunBy(test: string, document: string): string[] {
  const blocks = blocksOf(documentText(document)).filter(({ mark }) => mark === `run by ${test}`);
  if (blocks.length === 0) {
    throw new Error(`${document} has no block that is marked "run by ${test}"`);
  }
  return blocks.map(({ lines }) => `${lines.join("\n")}\n`);
}

/**
 * A block with names of the tests in place of those of the document.
 *
 * @throws Error when a name does not stand there: the test would do less than it says
 */
export function inPlaceOf(block: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((text, [name, mine]) => {
    if (!text.includes(name)) {
      throw new Error(`the documented commands do not have ${JSON.stringify(name)}:\n${block}`);
    }
    return text.replaceAll(name, mine);
  }, block);
}

/** Runs shell commands in a folder, and ends at the first that fails. */
export function runBlock(
  commands: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<RunResult> {
  return run("sh", ["-eu", "-c", commands], { cwd, env, timeoutMs: TIMEOUT_MS });
}
