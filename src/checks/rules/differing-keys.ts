import { aliasesOf } from "../../compose/own-values.ts";
import { isBackend } from "../../compose/roles.ts";
import { LAGO_KEYS, variableOfKey } from "../../lago/lago-keys.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";

/** Keys that every service of the back end has to have alike. */
const SHARED_KEYS = LAGO_KEYS.map(variableOfKey).filter((name) => !name.endsWith("_PASSWORD"));

export const DIFFERING_KEY_CHECKS: readonly Check[] = [
  {
    id: "key-differs",
    finds: "services of Lago's back end that the files give different keys",
    run: (context) =>
      SHARED_KEYS.flatMap((name) => {
        // A value that somebody chose for a stack replaces those of the files everywhere.
        const [first, second] =
          context.source === "stack" && context.isGiven(name) ? [] : ownersOf(name, context);
        return first === undefined || second === undefined
          ? []
          : [
              {
                field: name,
                severity: "error" as const,
                reason: `is another one in ${second} than in ${first}, so that one cannot read what the other writes`,
                remedy: "have both come from one variable",
              },
            ];
      }),
  },
];

/** The first service with each value of a key. */
function ownersOf(name: string, context: CheckContext): string[] {
  const owners = new Map<string, string>();
  for (const service of context.services.filter(({ role }) => isBackend(role))) {
    const value = aliasesOf(name)
      .map((alias) => service.environment[alias])
      .find(Boolean);
    if (value && !owners.has(value)) {
      owners.set(value, service.name);
    }
  }
  return [...owners.values()];
}
