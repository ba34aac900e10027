import { variableByName } from "../lago/catalogue/index.ts";
import { didYouMean } from "../lago/catalogue/suggest.ts";
import type { Check } from "./check.ts";
import { CheckContext } from "./check-context.ts";
import { DATABASE_CHECKS } from "./rules/database.ts";
import { EXPOSURE_CHECKS } from "./rules/exposure.ts";
import { FILE_CHECKS } from "./rules/files.ts";
import { NAME_CHECKS } from "./rules/names.ts";
import { PASSWORD_CHECKS } from "./rules/passwords-in-use.ts";
import { REMOTE_CHECKS } from "./rules/remote.ts";
import { REQUIRED_CHECKS } from "./rules/required.ts";
import { URL_CHECKS } from "./rules/urls.ts";
import { SECRET_CHECKS } from "./rules/weak-secrets.ts";
import { WORKER_CHECKS } from "./rules/workers.ts";
import type { Finding, RunDescription } from "./types.ts";

/** All checks, in the order in which findings are shown. */
export const CHECKS: readonly Check[] = [
  ...REQUIRED_CHECKS,
  ...SECRET_CHECKS,
  ...URL_CHECKS,
  ...PASSWORD_CHECKS,
  ...DATABASE_CHECKS,
  ...EXPOSURE_CHECKS,
  ...WORKER_CHECKS,
  ...REMOTE_CHECKS,
  ...FILE_CHECKS,
  ...NAME_CHECKS,
];

/** Id of findings about `allowUnsafe` itself. */
const EXCEPTION_ID = "unknown-exception";

/**
 * Runs all checks. All findings are returned at once, errors first; none holds a value. Findings
 * named in `allowUnsafe` are left out. A name in `allowUnsafe` that no check can produce is an
 * error; one without a matching finding is a warning.
 */
export function runChecks(description: RunDescription): Finding[] {
  const context = new CheckContext(description);
  const found = CHECKS.filter(
    ({ only }) => only === undefined || only === description.source,
  ).flatMap(({ id, run }) =>
    run(context).map(
      (fault): Finding => ({
        id,
        severity: fault.severity,
        field: fieldOf(fault.field, description.source),
        reason: fault.reason,
        remedy: fault.remedy,
        unsafeName: `${id}:${fault.field}`,
      }),
    ),
  );
  const allowed = new Set(description.allowUnsafe ?? []);
  const left = found.filter(({ unsafeName }) => !allowed.has(unsafeName));
  const all = [...exceptionFindings(allowed, found), ...left];
  return [
    ...all.filter(({ severity }) => severity === "error"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}

/** Returns the setting of a variable in a stack, where users know the setting's name. */
function fieldOf(field: string, source: RunDescription["source"]): string {
  return source === "stack" ? (variableByName(field)?.setting ?? field) : field;
}

function exceptionFindings(allowed: ReadonlySet<string>, found: readonly Finding[]): Finding[] {
  const names = found.map(({ unsafeName }) => unsafeName);
  const ids = CHECKS.map(({ id }) => id);
  return [...allowed]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const known = ids.includes(name.split(":", 1)[0] ?? "") && name.includes(":");
      return {
        id: EXCEPTION_ID,
        severity: known ? "warning" : "error",
        field: "allowUnsafe",
        reason: known
          ? `names ${name}, which was not found`
          : `names ${name}, which no check finds${didYouMean(name, names)}`,
        remedy: "remove it, or correct it to the name that a finding shows",
        unsafeName: `${EXCEPTION_ID}:${name}`,
      };
    });
}
