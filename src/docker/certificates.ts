import { accessSync, constants } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Names the files that cannot be read in a folder of certificates. `cert.pem` and `key.pem` may be
 * absent together, since an engine may work without a client certificate.
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
