import { chmod, copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npm } from "../../setup/bootstrap/npm.mjs";
import type { SetupContext } from "../../setup/context.ts";
import { runPackage } from "../checks/program.ts";
import { pruneDeclarations } from "./declarations.ts";
import { declarationOf, type Manifest, publishedManifest, repositoryOf } from "./manifest.ts";
import { packageReadme, README_SOURCE } from "./readme.ts";

const DEADLINE_MS = 300_000;

/** Documents of the package that are those of the checkout. */
const DOCUMENTS = ["CHANGELOG.md", "LICENSE"];

/**
 * Compiles the library and the CLI to a folder, which then is a package. Earlier contents of the
 * folder are removed.
 *
 * @returns the exit code of the compiler
 */
export async function buildPackage(context: SetupContext, folder: string): Promise<number> {
  const { root } = context;
  await rm(folder, { recursive: true, force: true });
  const config = ["--project", "tsconfig.build.json", "--outDir", folder];
  const exitCode = await runPackage(context, "typescript/bin/tsc", config, DEADLINE_MS);
  if (exitCode !== 0) {
    return exitCode;
  }
  const manifest = await readManifest(root);
  await pruneDeclarations(folder, entriesOf(manifest));
  // Copies files that the compiler does not, such as the bundled compose file.
  await cp(join(root, "src"), join(folder, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  });
  const published = publishedManifest(manifest, repositoryOf(context.env));
  await writeFile(join(folder, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
  for (const program of Object.values(published.bin as Record<string, string>)) {
    await chmod(join(folder, program), 0o755);
  }
  for (const name of DOCUMENTS) {
    await copyFile(join(root, name), join(folder, name));
  }
  const readme = packageReadme(await readFile(join(root, README_SOURCE), "utf8"));
  await writeFile(join(folder, "README.md"), readme);
  return 0;
}

/**
 * Makes the archive of a built package, as `npm publish` sends it.
 *
 * @returns the path of the archive
 */
export async function packPackage(folder: string, destination: string): Promise<string> {
  await npm(["pack", "--pack-destination", destination], folder);
  const { name, version } = await readManifest(folder);
  return join(destination, `${name}-${version}.tgz`);
}

/** Lists the declarations that a program can import. */
export function entriesOf({ exports }: Manifest): string[] {
  return Object.values(exports)
    .filter((target) => target.endsWith(".ts"))
    .map(declarationOf);
}

/** Reads the package.json in a folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}
