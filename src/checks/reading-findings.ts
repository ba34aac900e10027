/** Findings about compose files that follow from reading them, before any check of Lago's settings. */
import type { ComposeReading } from "../compose/read-files.ts";
import type { FileAssignment } from "../compose/reading/service-env-files.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import type { Finding } from "./types.ts";

/** Ids of these findings. */
export const READING_IDS = ["env-file-dollar", "unset-variable", "compose-refuses", "not-followed"];

/** Ids of findings that something is missing, which nobody knows of files that are not read. */
export const ABSENCE_IDS = [
  "missing-setting",
  "dead-variable",
  "partly-passed",
  "toggle-without-worker",
  "api-not-found",
];

/**
 * Lists what compose refuses, what it leaves out without a word, and what is not read.
 *
 * @param inEnvFile variables of the project's own `.env` file
 */
export function readingFindings(
  reading: ComposeReading,
  inEnvFile: readonly FileAssignment[],
): Finding[] {
  const { unknownKeys, faults, unset, assignments, notFollowed } = reading;
  return byName([
    ...unknownKeys.map(({ place, known }) => unknownKeyFinding(place, known)),
    ...faults.map(({ field, message, variable }) =>
      finding(
        "compose-refuses",
        "error",
        field,
        message,
        `${variable === undefined ? "correct it" : `set ${variable}`}: compose starts nothing before`,
      ),
    ),
    ...[...inEnvFile, ...assignments].flatMap(dollarFindings),
    ...unset
      // Other checks know which of Lago's own settings may be empty.
      .filter(({ name, isPart }) => isPart || variableByName(name) === undefined)
      .map(({ name, places, isPart }) =>
        finding(
          "unset-variable",
          isPart ? "error" : "warning",
          name,
          `is not set, so compose puts nothing for it into ${listText(places)}`,
          `set ${name}, or write $$ for a $ that is meant as it stands`,
        ),
      ),
    ...notFollowed.map((field) =>
      finding(
        "not-followed",
        "warning",
        field,
        "is not read, so nothing that may be in it is judged or called missing",
        "check the files that it names too, with --file",
      ),
    ),
  ]);
}

function unknownKeyFinding(place: string, known: readonly string[]): Finding {
  const meant = suggest(place.slice(place.lastIndexOf(".") + 1), known);
  const remedy = meant === undefined ? "remove it" : `write ${meant}, or remove it`;
  const reason = "is no key of compose, which refuses the whole file for it";
  return finding("compose-refuses", "error", place, reason, remedy);
}

/** Finds dollar signs that compose takes for the beginning of a variable's name. */
function dollarFindings({ name, file, line, unset }: FileAssignment): Finding[] {
  const missing = [...new Set(unset)].join(", ");
  const reason = `refers on line ${line} of ${file} to ${missing}, which is not set, so compose leaves that part out`;
  const remedy = "set that variable in a line before, or put the value in single quotes";
  return unset.length === 0 ? [] : [finding("env-file-dollar", "error", name, reason, remedy)];
}

function finding(
  id: string,
  severity: Finding["severity"],
  field: string,
  reason: string,
  remedy: string,
): Finding {
  return { id, severity, field, reason, remedy, unsafeName: `${id}:${field}` };
}

/** Keeps the first of several findings of one name, as of a file that several services read. */
function byName(findings: readonly Finding[]): Finding[] {
  const names = findings.map(({ unsafeName }) => unsafeName);
  return findings.filter(({ unsafeName }, index) => names.indexOf(unsafeName) === index);
}

function listText(names: readonly string[]): string {
  const [first = "", ...others] = names;
  return others.length < 2 ? names.join(" and ") : `${first} and ${others.length} other places`;
}
