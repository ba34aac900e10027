/** The release of this program. */
import { readFileSync } from "node:fs";

/** As package.json has it, which is two folders up in the checkout and in the package alike. */
export function ownVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
