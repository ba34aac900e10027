/**
 * `npm run build`: compiles the library and the CLI to `dist`, a package of its own that
 * `npm pack ./dist` and `npm publish ./dist` take as it is.
 */
import { existsSync } from "node:fs";
import { chmod, copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { publishedManifest } from "./build/manifest.ts";
import { runPackage } from "./checks/checks.ts";
import { runScript } from "./entry.ts";

const DEADLINE_MS = 300_000;

await runScript(async (context) => {
  const { root, report } = context;
  const dist = join(root, "dist");
  await rm(dist, { recursive: true, force: true });
  const config = ["--project", "tsconfig.build.json"];
  const exitCode = await runPackage(context, "typescript/bin/tsc", config, DEADLINE_MS);
  if (exitCode !== 0) {
    return exitCode;
  }
  // What the compiler leaves behind, such as the bundled compose file.
  await cp(join(root, "src"), join(dist, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  });
  const manifest = publishedManifest(
    JSON.parse(await readFile(join(root, "package.json"), "utf8")),
  );
  await writeFile(join(dist, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const program of Object.values(manifest.bin as Record<string, string>)) {
    await chmod(join(dist, program), 0o755);
  }
  for (const name of ["README.md", "LICENSE"]) {
    if (existsSync(join(root, name))) {
      await copyFile(join(root, name), join(dist, name));
    }
  }
  report.ok("dist holds the package; `npm pack ./dist` makes the archive of it");
  return 0;
});
