import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StandIn } from "./catalogue.ts";

/** A file of a stand-in image. */
export interface StandInFile {
  /** Path in the image, without the leading slash. */
  readonly path: string;
  readonly content: Buffer;
}

const ROOT = fileURLToPath(new URL("./rootfs/", import.meta.url));

/** Lists the files that a stand-in adds to the base system, sorted by path. */
export async function contentOf(standIn: StandIn): Promise<StandInFile[]> {
  const files = [
    ...(await readTree(join(ROOT, "common"))),
    ...(await readTree(join(ROOT, standIn.role))),
    textFile("etc/stand-in/image", standIn.image),
    textFile("etc/stand-in/role", standIn.role),
  ];
  if (standIn.role === "api") {
    files.push(textFile("app/LAGO_VERSION", standIn.version));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Digest of all inputs of a build; `settings` holds the inputs that are not files. */
export function digestOf(files: readonly StandInFile[], settings: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const { path, content } of files) {
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Writes files below `folder`, readable by everyone and executable if they begin with `#!`. The
 * modes in the checkout depend on the user's umask, and services without root rights read the
 * files.
 */
export async function writeContent(folder: string, files: readonly StandInFile[]): Promise<void> {
  await chmod(folder, 0o755);
  for (const { path, content } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    await chmod(target, content.subarray(0, 2).toString() === "#!" ? 0o755 : 0o644);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) {
      await chmod(join(entry.parentPath, entry.name), 0o755);
    }
  }
}

function textFile(path: string, text: string): StandInFile {
  return { path, content: Buffer.from(`${text}\n`) };
}

async function readTree(folder: string): Promise<StandInFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".pyc"))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      path: path.slice(folder.length + 1),
      content: await readFile(path),
    })),
  );
}
