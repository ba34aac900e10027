/** Writes other people's stacks to disk. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freePort } from "../../../../testing/ports.ts";
import { newSecrets } from "../../../../testing/secrets.ts";
import { type Given, type OtherStack, otherStacks } from "./cases.ts";

/** A stack in a folder of the disk. */
export interface WrittenStack extends OtherStack {
  readonly folder: string;
  /** Values that the files of the stack were written with. */
  readonly given: Given;
}

/** Kinds and names of all cases, which exist before ports and secrets do. */
export const CASES = otherStacks({
  secrets: {},
  apiPort: 0,
  frontPort: 0,
  morePorts: [0, 0],
  builtImage: "",
}).map(({ kind, name }) => [kind, name] as const);

/**
 * Writes a case with secrets and ports of its own into a new folder below `root`.
 *
 * @throws Error when there is no such case
 */
export async function writeStack(
  name: string,
  root: string,
  builtImage: string,
): Promise<WrittenStack> {
  const given: Given = {
    secrets: newSecrets(),
    apiPort: await freePort(),
    frontPort: await freePort(),
    morePorts: [await freePort(), await freePort()],
    builtImage,
  };
  const found = otherStacks(given).find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`there is no case ${name}`);
  }
  const folder = await mkdtemp(join(root, "case-"));
  for (const [path, content] of Object.entries(found.files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return { ...found, folder, given };
}
