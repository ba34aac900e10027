/** Folders build on each other in one order, and no files import each other in a circle. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../testing/folders.ts";

/** Each folder may import from those before it, and from the files beside them. */
const ORDER = ["src", "sandbox", "setup", "testing", "faults", "bench", "scripts", "test"];
/** Folders and files of `src`. Each may import from those before it. */
const LAYERS = [
  ...["text", "errors.ts", "progress.ts", "compile-cache.ts", "process", "redaction", "lago"],
  ...["docker", "compose"],
  ...["spec", "observe", "ports", "keys", "volumes", "checks", "plan", "lock", "deployment"],
  ...["pulumi/cli", "pulumi/stack", "pipeline", "stacks", "cli", "index.ts"],
];
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g;

/** Files that a file imports, as paths from the root. */
function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, target = ""]) =>
    normalize(join(dirname(file), target)),
  );
}

/** Imports in a file that lead to a folder behind the file's own, as `file -> imported file`. */
function upward(file: string, text: string, place = topLevel): string[] {
  return importsOf(file, text)
    .filter((target) => place(target) > place(file))
    .map((target) => `${file} -> ${target}`);
}

function topLevel(path: string): number {
  return ORDER.indexOf(path.split("/")[0] ?? "");
}

/** Place of a file of `src` among the layers. Throws for a file of none. */
function layer(path: string): number {
  const inside = path.replace(/^src\//, "");
  const place = LAYERS.findIndex((name) => inside === name || inside.startsWith(`${name}/`));
  if (place === -1) {
    throw new Error(`${path} lies in no layer; add its folder to LAYERS`);
  }
  return place;
}

/** Imports of a judge, other than of types, that could ask the world something. */
function asking(file: string, text: string): string[] {
  const imports = [
    ...text.matchAll(/\b(?:import|export) (?!type\b)[\w*{][^;"=]*? from "([^"]+)"/g),
  ];
  return imports
    .map(([, target = ""]) =>
      target.startsWith(".") ? normalize(join(dirname(file), target)) : target,
    )
    .filter((target) =>
      target.startsWith("src/")
        ? ![...PURE, ...JUDGES.map((name) => `src/${name}/`)].some((path) =>
            target.startsWith(path),
          )
        : !PURE_MODULES.includes(target),
    )
    .map((target) => `${file} -> ${target}`);
}

/** Groups of files that import each other in a circle, by Tarjan's algorithm. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const path: string[] = [];
  const lowest = (file: string): number => {
    const own = numbers.size;
    let low = own;
    numbers.set(file, own);
    path.push(file);
    for (const target of imports.get(file) ?? []) {
      const number = numbers.get(target);
      if (number === undefined) {
        low = Math.min(low, lowest(target));
      } else if (path.includes(target)) {
        low = Math.min(low, number);
      }
    }
    if (low === own) {
      const group = path.splice(path.indexOf(file));
      if (group.length > 1) {
        found.push(group.sort());
      }
    }
    return low;
  };
  for (const file of imports.keys()) {
    if (!numbers.has(file)) {
      lowest(file);
    }
  }
  return found;
}

describe("the top-level folders", () => {
  it("import only from those before them", () => {
    const files = globSync(`{${ORDER.join()}}/**/*.{ts,mts,mjs}`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(800);
    const found = files.flatMap((file) => upward(file, readFileSync(join(ROOT, file), "utf8")));
    expect(found).toEqual([]);
  });

  it("stand in this order in CONTRIBUTING.md", () => {
    const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
    const folders = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(folders).toEqual(ORDER);
  });

  it("are told apart by the way that an import takes", () => {
    const text = 'import { a } from "../setup/a.ts"; import("../test/b.ts"); import "../src/c.ts";';
    expect(upward("setup/x.ts", text)).toEqual(["setup/x.ts -> test/b.ts"]);
    expect(upward("src/x.ts", text)).toHaveLength(2);
    expect(upward("test/x.ts", text)).toEqual([]);
  });
});

/** Folders whose files judge: each is a function of plain data, and asks nobody. */
const JUDGES = ["spec", "ports", "keys", "volumes", "checks", "plan"];

/** What a judge may import of those who ask the world: nothing but types, and these pure files. */
const PURE = [
  ...[
    "docker/endpoint-settings.ts",
    "docker/version.ts",
    "compose/",
    "text/",
    "lago/",
    "errors.ts",
  ],
  "progress.ts",
].map((path) => `src/${path}`);
const PURE_MODULES = ["node:crypto", "node:path", "node:util", "node:net", "zod"];

describe("the folders of src", () => {
  const files = globSync("src/**/*.ts", { cwd: ROOT });
  const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");

  it("import only from layers before their own", () => {
    expect(files.length).toBeGreaterThan(250);
    expect(files.flatMap((file) => upward(file, textOf(file), layer))).toEqual([]);
  });

  it("have no files that import each other in a circle", () => {
    const imports = new Map(files.map((file) => [file, importsOf(file, textOf(file))]));
    expect(circles(imports)).toEqual([]);
  });

  it("judge without asking anybody, where they judge", () => {
    const judges = files.filter((file) => JUDGES.some((name) => file.startsWith(`src/${name}/`)));
    expect(judges.length).toBeGreaterThan(40);
    expect(judges.flatMap((file) => asking(file, textOf(file)))).toEqual([]);
    const text = `import type { A } from "../observe/a.ts"; import { readFileSync } from "node:fs";
      import { ask } from "../docker/engine-api.ts"; import { b } from "./b.ts";`;
    expect(asking("src/plan/x.ts", text)).toEqual([
      "src/plan/x.ts -> node:fs",
      "src/plan/x.ts -> src/docker/engine-api.ts",
    ]);
  });

  it("are compared by their layer, and circles of any length are found", () => {
    const text = 'import { a } from "../cli/a.ts"; import { b } from "../text/b.ts";';
    expect(upward("src/lock/x.ts", text, layer)).toEqual(["src/lock/x.ts -> src/cli/a.ts"]);
    expect(() => layer("src/elsewhere/x.ts")).toThrow("lies in no layer");
    const imports = { a: ["b"], b: ["c", "d"], c: ["a"], d: [], e: ["e", "a"] };
    expect(circles(new Map(Object.entries(imports)))).toEqual([["a", "b", "c"]]);
  });
});
