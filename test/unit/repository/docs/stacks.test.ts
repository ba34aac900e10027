/** Commands that a document tells in one breath are about one stack. */
import { describe, expect, it } from "vitest";
import { commandsIn, type DocumentedCommand } from "../../../support/docs/commands.ts";
import { DOCUMENTS, documentText } from "../../../support/docs/documents.ts";

/** Commands of Pulumi that are about a stack: without a name, about the one selected last. */
const ABOUT_A_STACK =
  /^npm run pulumi -- (?:--cwd \S+ )?(?:config|preview|up|destroy|refresh|cancel|stack output)\b/;

/** Commands of our own command line that take a stack as their first argument. */
const TAKES_A_STACK =
  /^(?:.* )?(?:\.\/|npx )zbl (?!rails (?:c|runner)\b)(?:(?:up|destroy|preview|plan|status|ps|logs|exec|rails|events|open|restart|stop|start|config|drift|set|unset)|keys (?:export|import)) (?!-)([\w…]+)/;

const DEFAULT = "the default stack";

/** The stack that a command is about; undefined for a command about none. */
function stackOf(command: string): string | undefined {
  const named =
    /(?:--stack[ =]|stack init |--project lago-)([\w…]+)/.exec(command)?.[1] ??
    TAKES_A_STACK.exec(command)?.[1];
  return named ?? (/^(?:\w+=\S+ )?npm (?:start|run destroy)\b/.test(command) ? DEFAULT : undefined);
}

/** Commands of one block, one row of a table, one item of a list, or one paragraph. */
function together(document: string, text: string): DocumentedCommand[][] {
  const lines = text.split("\n");
  const groups = new Map<number, DocumentedCommand[]>();
  for (const command of commandsIn(document, text)) {
    let first = command.line - 1;
    while (first > 0 && lines[first - 1] !== "" && !/^(?:\||- )/.test(lines[first] ?? "")) {
      first--;
    }
    groups.set(first, [...(groups.get(first) ?? []), command]);
  }
  return [...groups.values()];
}

/** What is wrong with the commands of a document. */
function faultsIn(document: string, text: string): string[] {
  const faults: string[] = [];
  for (const commands of together(document, text)) {
    const at = `${document}:${commands[0]?.line}`;
    const stacks = new Set(
      commands.map((one) => stackOf(one.text)).filter((one) => one !== undefined),
    );
    if (stacks.size > 1) {
      faults.push(`${at}: commands are about ${[...stacks].join(" and ")}`);
    }
    for (const { line, text: command } of commands) {
      if (ABOUT_A_STACK.test(command) && stackOf(command) === undefined) {
        faults.push(`${document}:${line}: \`${command}\` names no stack`);
      }
      if (/ preview\b.*&&/.test(command)) {
        faults.push(`${document}:${line}: \`${command}\` goes on whatever the preview shows`);
      }
    }
  }
  return faults;
}

describe("commands of the documents", () => {
  it.each(DOCUMENTS)("%s names one stack at a time", (document) => {
    expect(faultsIn(document, documentText(document))).toEqual([]);
  });

  it("that are about several stacks do not go unnoticed", () => {
    const block = (...lines: string[]) =>
      faultsIn("a.md", `\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`);
    expect(block("npm run pulumi -- config set version v1.49.0", "npm start")).toEqual([
      "a.md:2: `npm run pulumi -- config set version v1.49.0` names no stack",
    ]);
    expect(block("npm run pulumi -- preview --stack prod", "npm start")).toEqual([
      "a.md:2: commands are about prod and the default stack",
    ]);
    expect(block("npm run pulumi -- preview --stack a && npm start -- --stack a")).toHaveLength(1);
    expect(block("npm start -- --stack a", "npm run cli -- status --project lago-a")).toEqual([]);
    expect(block("./zbl set a version v1.49.0", "./zbl up b --yes")).toEqual([
      "a.md:2: commands are about a and b",
    ]);
    expect(block('printf %s "$A" | ./zbl set a mail.from', "./zbl keys export a")).toEqual([]);
    expect(block("./zbl exec a api -- ls -l", "./zbl down --project lago-b")).toHaveLength(1);
    expect(faultsIn("a.md", "`npm start -- --stack a`,\nthen `npm run destroy`")).toEqual([
      "a.md:1: commands are about a and the default stack",
    ]);
    expect(faultsIn("a.md", "| `npm start -- --stack a` |\n| `npm start` |")).toEqual([]);
  });
});
