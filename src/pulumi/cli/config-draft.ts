/** A stack's config file that is written step by step and seen by nobody before it is whole. */
import { copyFileSync, existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Has work write to a copy of a config file, which takes the file's place at once when the work is
 * done. Where it fails or is cut short the file stays as it was, and the copy goes.
 *
 * @param path of the file, which need not be there
 * @param work is given the path of the copy, which is absolute
 */
export async function withConfigDraft<T>(
  path: string,
  work: (draft: string) => Promise<T>,
): Promise<T> {
  const isThere = existsSync(path);
  const target = isThere ? realpathSync(path) : resolve(path);
  // In the same folder, since only there one can take the other's place.
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
