/** Compose profiles that no service has. */

import type { ComposeModel } from "../compose/model.ts";
import type { ConfigIssue } from "../errors.ts";
import { suggest } from "../lago/catalogue/suggest.ts";

/** Name that stands for all profiles. */
const ALL = "*";

/** Finds profiles that no service of the files has. Compose ignores such profiles. */
export function profileFaults(
  { profiles: known }: ComposeModel,
  profiles: readonly string[] = [],
): ConfigIssue[] {
  if (known === undefined) {
    return [];
  }
  const all =
    known.length === 0 ? "The files have no profiles" : `The profiles are ${known.join(", ")}`;
  return profiles
    .filter((name) => name !== ALL && !known.includes(name))
    .map((name) => {
      const meant = suggest(name, known);
      const hint = meant === undefined ? "." : `. Did you mean ${meant}?`;
      return { field: "profiles", message: `no service has the profile ${name}${hint} ${all}` };
    });
}
