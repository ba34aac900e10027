import { accessSync, constants } from "node:fs";
import { join, resolve } from "node:path";

/**
 * What is wrong with a folder of certificates, by the names that docker gives them. An engine may do
 * without the client's certificate, and then its key is of no use either.
 */
export function certificateFaults(path: string): string | undefined {
  const folder = resolve(path);
  const missing = (...names: readonly string[]) =>
    names.filter((name) => !isReadable(join(folder, name)));
  const client = missing("cert.pem", "key.pem");
  const needed = [...missing("ca.pem"), ...(client.length === 1 ? client : [])];
  return needed.length === 0
    ? undefined
    : `cannot read ${needed.join(" and ")} in ${folder}; expected a folder with ca.pem, cert.pem and key.pem`;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
