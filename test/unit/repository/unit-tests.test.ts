/** Each unit and integration test lies at the path of the source file that it tests, so that one leads to the other. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../testing/folders.ts";

/** Folders of code whose tests keep the folder's name in their path; tests of `src` leave it out. */
const BESIDE_SRC = ["bench", "examples", "faults", "sandbox", "scripts", "setup", "testing"];
/** Tests without a source file: of documents, templates and the tree. */
const NOT_CHECKED = /^test\/(unit|integration)\/repository\//;

/** Describes why a test is at no source's place and where to put it; undefined when it is at one. */
function faultOf(test: string, sources: ReadonlySet<string>, text: string): string | undefined {
  const path = test.replace(/^test\/(unit|integration)\/|\.test\.ts$/g, "");
  const source = BESIDE_SRC.some((top) => path.startsWith(`${top}/`)) ? path : `src/${path}`;
  const isFile = (name: string) => [".ts", ".mjs", ".yml"].some((end) => sources.has(name + end));
  if (isFile(source) || sources.has(source) || isFile(dirname(source))) {
    return undefined;
  }
  const imports = [...text.matchAll(/"(?:\.\.\/)+(.+)\.m?ts"/g)].map(([, file = ""]) => file);
  const places = imports
    .filter((file) => isFile(file))
    .map((file) => `test/unit/${file.replace(/^src\//, "")}`)
    .map((place) => `${place}.test.ts or ${place}/<aspect>.test.ts`);
  return [
    `${test} has no source: ${source}.ts, ${source}/ and ${dirname(source)}.ts do not exist.`,
    `Move the test to the place of a file it tests: ${places.join(", ") || "none is imported"};`,
    "to test/unit/repository/ if it tests no code.",
  ].join(" ");
}

/** Modules that start programs, or that make a program for tests to start. */
const STARTS =
  /"(node:child_process|execa|.*\/(process\/(run|attached|follow)|testing\/(cli|pty|docker)|fake-(host|docker|pulumi))\.ts)"/;

describe("unit tests", () => {
  it("start no program: tests that do are integration tests", () => {
    const tests = globSync("test/unit/**/*.ts", { cwd: ROOT });
    const starting = tests.filter((test) =>
      readFileSync(join(ROOT, test), "utf8")
        .split("\n")
        .some((line) => /^(import|\} from) (?!type)/.test(line) && STARTS.test(line)),
    );
    expect(starting).toEqual([]);
  });

  it("lie at the place of a source file or folder", () => {
    const sources = new Set(globSync(`{src,${BESIDE_SRC.join()}}/**`, { cwd: ROOT }));
    const tests = globSync("test/{unit,integration}/**/*.test.ts", { cwd: ROOT });
    const checked = tests.filter((test) => !NOT_CHECKED.test(test));
    expect(checked.length).toBeGreaterThan(200);
    const read = (test: string) => readFileSync(join(ROOT, test), "utf8");
    expect(checked.flatMap((test) => faultOf(test, sources, read(test)) ?? [])).toEqual([]);
  });

  it("do not lie elsewhere unnoticed", () => {
    const sources = new Set(["src/a", "src/a/b.ts", "bench", "bench/c.mjs"]);
    const fault = (path: string) =>
      faultOf(`test/unit/${path}.test.ts`, sources, 'from "../../src/a/b.ts"');
    for (const path of ["a", "a/b", "a/b/aspect", "bench/c"]) {
      expect(fault(path), path).toBeUndefined();
    }
    for (const path of ["b", "a/aspect", "c", "bench/b", "a/b/c/aspect"]) {
      expect(fault(path)).toContain(`test/unit/${path}.test.ts has no source`);
      expect(fault(path)).toContain("test/unit/a/b.test.ts");
    }
  });
});
