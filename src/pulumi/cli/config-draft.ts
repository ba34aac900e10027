/** Changes a stack's config file in several steps that take effect together. */
import { copyFileSync, existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Runs `work` on a copy of a config file, and then replaces the file by the copy in one step. When
 * `work` fails, the file stays unchanged and the copy is removed.
 *
 * @param path path of the file, which need not exist
 * @param work gets the absolute path of the copy
 */
export async function withConfigDraft<T>(
  path: string,
  work: (draft: string) => Promise<T>,
): Promise<T> {
  const isThere = existsSync(path);
  const target = isThere ? realpathSync(path) : resolve(path);
  // In the folder of the file: a rename works within one file system only.
  const draft = join(dirname(target), `.${basename(target, ".yaml")}.${process.pid}.yaml`);
  try {
    if (isThere) {
      copyFileSync(target, draft);
    }
    const result = await work(draft);
    if (existsSync(draft)) {
      renameSync(draft, target);
    }
    return result;
  } finally {
    rmSync(draft, { force: true });
  }
}
