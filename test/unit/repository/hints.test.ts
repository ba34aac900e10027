/** Commands in messages: each is complete, of the present form, and one that the program knows. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../../src/cli/program.ts";
import { ROOT } from "../../../testing/folders.ts";
import { testContext } from "../../support/command-context.ts";

/** Forms of hints that do not run where they are pasted, or that have a shorter form. */
const OLD_FORM =
  /pulumi config (set|rm)|z-billing-lago (?!plan"|fingerprints"|do so)[a-z]+\b(?! for )|npm run (cli|pulumi)|npm start/g;
/** Files with other texts of that form. */
const OTHERS = [
  // Scripts for shells, which call the package's program.
  "src/cli/completion/",
  "src/bundled/docker-compose.yml",
  // Pulumi's own commands, for what this command line leaves to Pulumi.
  "src/text/zbl.ts",
  "src/cli/foreign-commands.ts",
];

const SOURCES = globSync("src/**/*.ts", { cwd: ROOT }).filter(
  (file) => !OTHERS.some((other) => file.startsWith(other)),
);

/** Lines of a file that are no comment. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8")
    .split("\n")
    .filter((line) => !/^\s*(\*|\/\*\*|\/\/)/.test(line))
    .join("\n");
}

/** Texts among the arguments of each call of `zbl` in a program's code. */
function hintsIn(code: string): string[][] {
  return [...code.matchAll(/\bzbl\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, words = ""]) =>
    [...words.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word),
  );
}

/** Reason why a command cannot be called so; undefined where it can. */
function faultOf(words: readonly string[]): string | undefined {
  let [command, ...rest] = [createProgram(testContext().context), ...words] as const;
  const [name = "", sub] = words;
  for (const word of [name, sub]) {
    const next = command.commands.find((one) => one.name() === word || one.alias() === word);
    if (next !== undefined) {
      command = next;
      rest = rest.slice(1);
    } else if (word === name) {
      return `no command ${name}`;
    }
  }
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  known.push("--help");
  const unknown = rest.filter((word) => word.startsWith("-") && !known.includes(word));
  return unknown.length === 0 ? undefined : `${words.join(" ")} has no ${unknown.join(", ")}`;
}

describe("commands in the messages of src", () => {
  it("have no form that is not for people any more", () => {
    const found = SOURCES.flatMap((file) =>
      [...codeOf(file).matchAll(OLD_FORM)].map(([text]) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it("are found by the test itself", () => {
    expect("run npm run cli -- status".match(OLD_FORM)).not.toBeNull();
    expect("`z-billing-lago doctor` says".match(OLD_FORM)).not.toBeNull();
    expect(hintsIn('zbl("set", stack, nameOf(x), "a") zbl("up")')).toEqual([["set", "a"], ["up"]]);
    expect(faultOf(["stauts"])).toBe("no command stauts");
    expect(faultOf(["down", "--projct"])).toBe("down --projct has no --projct");
  });

  it("are known to the command line, with their options", () => {
    const hints = SOURCES.flatMap(
      (file) =>
        hintsIn(codeOf(file)).map((words) => ({
          file,
          words,
          fault: undefined as string | undefined,
        })),
      // Words that are not written out there are known at run time only.
    ).filter(({ words }) => words.some((word) => /^[a-z]/.test(word)));
    expect(hints.length).toBeGreaterThan(20);
    const faults = hints.flatMap(({ file, words }) => {
      const fault = faultOf(words);
      return fault === undefined ? [] : [`${file}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });
});
