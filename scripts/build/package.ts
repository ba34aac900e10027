import { existsSync } from "node:fs";
import { chmod, copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runPackage } from "../checks/checks.ts";
import type { SetupContext } from "../setup/context.ts";
import { publishedManifest } from "./manifest.ts";

const DEADLINE_MS = 300_000;

/**
 * Compiles the library and the CLI to a folder, which is a package of its own then. What the folder
 * held before is removed.
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
  // What the compiler leaves behind, such as the bundled compose file.
  await cp(join(root, "src"), join(folder, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  });
  const manifest = publishedManifest(
    JSON.parse(await readFile(join(root, "package.json"), "utf8")),
  );
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const program of Object.values(manifest.bin as Record<string, string>)) {
    await chmod(join(folder, program), 0o755);
  }
  for (const name of ["README.md", "LICENSE"]) {
    if (existsSync(join(root, name))) {
      await copyFile(join(root, name), join(folder, name));
    }
  }
  return 0;
}
