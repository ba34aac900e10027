import type { ComposeModel } from "../compose/model.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import type { Check } from "./check.ts";
import { CheckContext } from "./check-context.ts";
import { BROWSER_URL_CHECKS } from "./rules/browser-urls.ts";
import { DATABASE_CHECKS } from "./rules/database.ts";
import { DIFFERING_KEY_CHECKS } from "./rules/differing-keys.ts";
import { EXPOSURE_CHECKS } from "./rules/exposure.ts";
import { FILE_CHECKS } from "./rules/files.ts";
import { NAME_CHECKS } from "./rules/names.ts";
import { PASSED_ON_CHECKS } from "./rules/passed-on.ts";
import { PASSWORD_CHECKS } from "./rules/passwords-in-use.ts";
import { REMOTE_CHECKS } from "./rules/remote.ts";
import { REQUIRED_CHECKS } from "./rules/required.ts";
import { RSA_KEY_CHECKS } from "./rules/rsa-key.ts";
import { SERVICE_CHECKS } from "./rules/services.ts";
import { URL_CHECKS } from "./rules/urls.ts";
import { SECRET_CHECKS } from "./rules/weak-secrets.ts";
import { WORKER_CHECKS } from "./rules/workers.ts";
import type { Finding, RunDescription } from "./types.ts";

/** All checks, in the order in which findings are shown. */
export const CHECKS: readonly Check[] = [
  ...REQUIRED_CHECKS,
  ...SECRET_CHECKS,
  ...RSA_KEY_CHECKS,
  ...URL_CHECKS,
  ...BROWSER_URL_CHECKS,
  ...PASSWORD_CHECKS,
  ...DATABASE_CHECKS,
  ...DIFFERING_KEY_CHECKS,
  ...EXPOSURE_CHECKS,
  ...SERVICE_CHECKS,
  ...WORKER_CHECKS,
  ...REMOTE_CHECKS,
  ...FILE_CHECKS,
  ...NAME_CHECKS,
  ...PASSED_ON_CHECKS,
];

/** Id of findings about `allowUnsafe` itself, which nothing can accept. */
export const EXCEPTION_ID = "unknown-exception";

/**
 * Runs all checks. All findings are returned at once, errors first and minor ones last; none holds a value. Findings
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
        ...(fault.isMinor === true ? { isMinor: true } : {}),
      }),
    ),
  );
  const allowed = new Set(description.allowUnsafe ?? []);
  const left = found.filter(({ unsafeName }) => !allowed.has(unsafeName));
  return inOrder([...exceptionFindings(allowed, found, context.model), ...left]);
}

/** Orders findings by weight: errors, warnings, and minor ones last. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const weight = ({ severity, isMinor = false }: Finding) => {
    return severity === "error" ? 0 : isMinor ? 2 : 1;
  };
  return findings.toSorted((a, b) => weight(a) - weight(b));
}

/** Returns the setting of a variable in a stack, where users know the setting's name. */
function fieldOf(field: string, source: RunDescription["source"]): string {
  return source === "stack" ? (variableByName(field)?.setting ?? field) : field;
}

function exceptionFindings(
  allowed: ReadonlySet<string>,
  found: readonly Finding[],
  model: ComposeModel,
): Finding[] {
  const names = found.map(({ unsafeName }) => unsafeName);
  return [...allowed]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = meantException(name, names, model);
      const isKnown = meant === undefined && idOf(name) !== undefined;
      const hint = meant === undefined ? "" : `. Did you mean ${meant}?`;
      return {
        id: EXCEPTION_ID,
        severity: isKnown ? "warning" : "error",
        field: "allowUnsafe",
        reason: `names ${name}, which ${isKnown ? "was not found" : "no check finds"}${hint}`,
        remedy: "remove it, or correct it to the name that a finding shows",
        unsafeName: `${EXCEPTION_ID}:${name}`,
      };
    });
}

/** The id of the check in the name of a finding; undefined for a name that no finding has. */
function idOf(name: string): string | undefined {
  const [id, ...field] = name.split(":");
  return field.length > 0 && CHECKS.some((one) => one.id === id) ? id : undefined;
}

/** The name that was probably meant by one that is not among the findings. */
function meantException(
  name: string,
  found: readonly string[],
  model: ComposeModel,
): string | undefined {
  const field = name.slice(name.indexOf(":") + 1);
  if (idOf(name) !== undefined) {
    // A finding that is gone is no slip, although the name of another one may be near.
    return isField(field, model) ? undefined : suggest(name, found);
  }
  const id = suggest(
    name.split(":", 1)[0] ?? "",
    CHECKS.map((one) => one.id),
  );
  const corrected = id !== undefined && name.includes(":") ? [`${id}:${field}`] : [];
  const ofField = found.filter((one) => name.includes(":") && one.endsWith(`:${field}`));
  return suggest(name, found) ?? corrected[0] ?? (ofField.length === 1 ? ofField[0] : undefined);
}

/** Whether findings can have such a field: a variable of Lago, or a place at a real service. */
function isField(field: string, { services, allServices = [] }: ComposeModel): boolean {
  const [head, service = ""] = field.split(".");
  const names = [...services.map(({ name }) => name), ...allServices];
  return variableByName(field) !== undefined || (head === "services" && names.includes(service));
}
