/** Packages that the provider needs at run time, found in this checkout's `node_modules`. */
import { cp, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

/** A package to copy. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** Subfolders with code to copy, relative, separated by `/`. */
  readonly code: readonly string[];
}

/** Packages by name, each with the package that depends on it (undefined: the project itself). */
const NEEDED = [
  { name: "@pulumi/pulumi", via: undefined, code: ["proto"] },
  { name: "@grpc/grpc-js", via: "@pulumi/pulumi", code: ["build"] },
  { name: "@js-sdsl/ordered-map", via: "@grpc/grpc-js", code: ["dist"] },
  { name: "google-protobuf", via: "@pulumi/pulumi", code: ["google", "."] },
] as const;

/**
 * Finds the packages.
 *
 * @throws Error when one is not installed.
 */
export async function findRuntimePackages(): Promise<RuntimePackage[]> {
  const found = new Map<string, RuntimePackage>();
  for (const { name, via, code } of NEEDED) {
    const from = via === undefined ? import.meta.filename : join(folderOf(found, via), "index.js");
    const folder = packageFolder(name, from);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    found.set(name, { name, version, folder, code });
  }
  return [...found.values()];
}

/** Copies a package's code and license into a `node_modules` folder. */
export async function copyPackage(source: RuntimePackage, nodeModules: string): Promise<void> {
  await cp(source.folder, join(nodeModules, source.name), {
    recursive: true,
    dereference: true,
    filter: (path) => isWanted(relative(source.folder, path).split(sep).join("/"), source.code),
  });
}

function isWanted(path: string, code: readonly string[]): boolean {
  if (path === "" || path === "package.json" || /^LICENSE/i.test(path)) {
    return true;
  }
  const inCode = code.some((folder) =>
    folder === "." ? !path.includes("/") : path === folder || path.startsWith(`${folder}/`),
  );
  return inCode && (!/\.[a-z]+$/.test(path) || path.endsWith(".js") || path.endsWith(".json"));
}

function folderOf(found: ReadonlyMap<string, RuntimePackage>, name: string): string {
  const entry = found.get(name);
  if (entry === undefined) {
    throw new Error(`${name} has to stand before the packages that it brings`);
  }
  return entry.folder;
}

function packageFolder(name: string, from: string): string {
  for (const modules of createRequire(from).resolve.paths(name) ?? []) {
    const folder = join(modules, name);
    try {
      return dirname(createRequire(from).resolve(join(folder, "package.json")));
    } catch {
      // The parent folder may have the package.
    }
  }
  throw new Error(`the package ${name} is not installed; run npm install in the project's folder`);
}
