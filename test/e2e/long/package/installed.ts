/** The package as others have it: built, packed, and installed outside of the checkout. */
import { cp, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackage, packPackage } from "../../../../scripts/build/package.ts";
import { npm } from "../../../../setup/bootstrap/npm.mjs";
import { createContext } from "../../../../setup/context.ts";
import { TEST_PREFIX } from "../../../../testing/docker.ts";
import { ROOT } from "../../../../testing/folders.ts";

/** A folder in which programs find the package in `node_modules`. */
export interface Installed {
  readonly folder: string;
  /** Copies a program there, and returns its folder. */
  add(program: string, name: string): Promise<string>;
  dispose(): Promise<void>;
}

/**
 * Installs the package in a new folder, beside the TypeScript that the tests have.
 *
 * @param sdk version of Pulumi's SDK that the programs there ask for
 */
export async function installPackage(sdk: string): Promise<Installed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `${TEST_PREFIX}package-`)));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const context = createContext(new AbortController().signal);
    const built = join(folder, "built");
    if ((await buildPackage(context, built)) !== 0) {
      throw new Error("the package cannot be built: the compiler's messages stand above");
    }
    const archive = await packPackage(built, folder);
    await rm(built, { recursive: true });
    const dependencies = {
      "@pulumi/pulumi": sdk,
      "z-billing-lago": `file:${archive}`,
    };
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ private: true, type: "module", dependencies }),
    );
    await npm(["install", "--prefer-offline", "--no-package-lock"], folder);
    const typescript = join("node_modules", "typescript");
    await symlink(join(ROOT, typescript), join(folder, typescript));
    return {
      folder,
      add: async (program, name) => {
        const place = join(folder, name);
        await cp(program, place, { recursive: true });
        return place;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
