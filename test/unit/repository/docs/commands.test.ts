/** Every command of the documents is typed by a test, or said not to be, with the reason. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../../testing/folders.ts";
import { commandsIn, type DocumentedCommand } from "../../../support/docs/commands.ts";
import { MEASUREMENTS, NOT_TYPED } from "../../../support/docs/not-typed.ts";
import { allCommands, typedByTests, typedIn } from "../../../support/docs/typed.ts";

const NEEDS_THE_INTERNET = "needs the internet";
const RUN_BY = /^run by (?<file>test\/e2e\/\S+)$/;

/** What tests and reasons there are. */
interface Known {
  readonly typed: ReadonlySet<string>;
  readonly excused: ReadonlySet<string>;
  /** The source of a test; undefined where there is none. */
  readonly source: (file: string) => string | undefined;
}

/** Why a command counts as typed by nobody; undefined when all is well. */
function faultOf({ document, line, text, mark }: DocumentedCommand, known: Known) {
  const at = `${document}:${line} \`${text}\``;
  const file = RUN_BY.exec(mark)?.groups?.file;
  if (file !== undefined) {
    const names = known.source(file)?.includes(basename(document)) ?? false;
    return names ? undefined : `${at}: ${file} does not read ${basename(document)}`;
  }
  if (mark === NEEDS_THE_INTERNET || MEASUREMENTS[document]?.test(text)) {
    return undefined;
  }
  const [isTyped, isExcused] = [known.typed.has(text), known.excused.has(text)];
  if (isTyped && isExcused) {
    return `${at}: is typed, and excused as well`;
  }
  return isTyped || isExcused ? undefined : `${at}: no test types it`;
}

const excused = NOT_TYPED.flatMap(({ commands }) => commands);
const typed = [...typedByTests().values()].flat();
const source = (file: string) =>
  existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : undefined;

describe("the commands of the documents", () => {
  it("are each typed by a test, marked, or listed with a reason", () => {
    const known = { typed: new Set(typed), excused: new Set(excused), source };
    const commands = allCommands();
    expect(commands.length).toBeGreaterThan(150);
    expect(commands.map((one) => faultOf(one, known)).filter(Boolean)).toEqual([]);
  });

  it("are all there are: nothing that is typed or listed has gone from the documents", () => {
    const texts = new Set(allCommands().map(({ text }) => text));
    expect([...typed, ...excused].filter((text) => !texts.has(text))).toEqual([]);
    expect(excused.length).toBe(new Set(excused).size);
  });

  it("that run all tests are what CI runs", () => {
    expect(source(".ci/run")?.split("\n")).toContain("npm test");
    expect(source(".github/workflows/ci.yml")).toContain("run: npm test -- ");
  });

  it("that run one kind of test name a project of vitest, and files that are in it", () => {
    const config = source("vitest.config.ts") ?? "";
    const files = new Map(
      [...config.matchAll(/name: "(\w+)",\s*include: \["([^"]+)"\]/g)].map(
        ([, project = "", pattern = ""]) => [project, globSync(pattern, { cwd: ROOT })] as const,
      ),
    );
    const runs = allCommands().filter(({ text }) => text.startsWith("npx vitest "));
    expect(runs.length).toBeGreaterThan(5);
    for (const { text } of runs) {
      const [, project = "", path = ""] =
        /^npx vitest run --project (\w+)(?: (\S+))?$/.exec(text) ?? [];
      expect(files.get(project)?.filter((file) => file.startsWith(path)) ?? [], text).not.toEqual(
        [],
      );
    }
  });
});

describe("a command", () => {
  const read = (text: string) =>
    commandsIn("a.md", text).map(({ line, text: command, mark }) => [line, command, mark]);

  it("is found in blocks, sentences and tables", () => {
    expect(read("```sh\nnpm start   # goes on\n\n# only said\n```\n")).toEqual([
      [2, "npm start", ""],
    ]);
    expect(read("```text\nnpm start\n```\n")).toEqual([]);
    expect(read("One.\n\nType `npm run\nx`, not `x`.")).toEqual([[3, "npm run x", ""]]);
    expect(read("| a | `docker ps \\| wc` |")).toEqual([[1, "docker ps | wc", ""]]);
    expect(read("`X=1 npm start`")).toEqual([[1, "X=1 npm start", ""]]);
  });

  it("is what a table begins with, where that is said above it", () => {
    const table = "| `status`, `up` | shows `api` |";
    const mark = "each begins with npm run cli --";
    expect(read(`<!-- ${mark} -->\n${table}`)).toEqual([
      [2, "npm run cli -- status", mark],
      [2, "npm run cli -- up", mark],
    ]);
    expect(read(table)).toEqual([]);
  });

  it("has the mark directly above its block or paragraph", () => {
    const block = "```sh\nnpm start\n```";
    expect(read(`<!-- needs the internet -->\n${block}`)).toEqual([
      [3, "npm start", NEEDS_THE_INTERNET],
    ]);
    expect(read(`<!-- needs the internet -->\n\n${block}`)).toEqual([[4, "npm start", ""]]);
    expect(read("<!-- a -->\nType `npm ci`.\n\nOr `npm i`.")).toEqual([
      [2, "npm ci", "a"],
      [4, "npm i", ""],
    ]);
  });

  it("that nobody types does not go unnoticed", () => {
    const one = { document: "docs/a.md", line: 3, text: "npm start", mark: "" };
    const none = { typed: new Set<string>(), excused: new Set<string>(), source: () => "a.md" };
    expect(faultOf(one, none)).toBe("docs/a.md:3 `npm start`: no test types it");
    expect(faultOf(one, { ...none, typed: new Set(["npm start"]) })).toBeUndefined();
    expect(faultOf(one, { ...none, excused: new Set(["npm start"]) })).toBeUndefined();
    const both = { ...none, typed: new Set(["npm start"]), excused: new Set(["npm start"]) };
    expect(faultOf(one, both)).toMatch(/typed, and excused/);
    expect(faultOf({ ...one, mark: NEEDS_THE_INTERNET }, none)).toBeUndefined();
    const marked = { ...one, mark: "run by test/e2e/a.test.ts" };
    expect(faultOf(marked, none)).toBeUndefined();
    const other = { ...none, source: () => "b.md" };
    expect(faultOf(marked, other)).toMatch(/test\/e2e\/a\.test\.ts does not read a\.md/);
    expect(faultOf(marked, { ...none, source: () => undefined })).toMatch(/does not read/);
  });

  it("is typed by a test that has it as it stands", () => {
    const code = `types("a b");\nawait typesUntil(\n  'c "d"', /x/);\nexpect("e f");\ndocumented("g")`;
    expect(typedIn(code)).toEqual(["a b", 'c "d"', "g"]);
  });
});
