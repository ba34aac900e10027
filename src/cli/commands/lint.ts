import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Finding, runChecks } from "../../checks/index.ts";
import type { EnvAssignment } from "../../compose/env-file/parse.ts";
import { findComposeFiles, requireFolder } from "../../compose/find-files.ts";
import { readComposeFiles } from "../../compose/read-files.ts";
import { definedOnly } from "../../process/environment.ts";
import type { CommandContext } from "../command-context.ts";
import { readEnvFile } from "../env-file.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { type LintReport, lintText } from "../output/lint-text.ts";
import type { Environment } from "../target.ts";

/** Options of the lint command, as the command line gives them. */
export interface LintOptions {
  readonly envFile?: string;
  readonly file?: string[];
  readonly profile?: string[];
  readonly allow?: string[];
  readonly json?: boolean;
}

/**
 * Judges a Lago checkout and its `.env` as compose would run them, without docker. The process ends
 * with the exit code of `UnsafeConfig` when there are errors.
 */
export function lintCommand(context: CommandContext, path: string, options: LintOptions): void {
  const report = lint(path, options, context.environment);
  const errors = report.findings.filter(({ severity }) => severity === "error").length;
  const counts = { errors, warnings: report.findings.length - errors };
  context.output.result(
    options.json === true ? JSON.stringify({ ...counts, ...report }) : lintText(report, counts),
  );
  if (errors > 0) {
    process.exitCode = EXIT_CODES.UnsafeConfig;
  }
}

/**
 * Judges a Lago checkout and returns its report.
 *
 * @param environment variables of the process, which count more than the `.env` file, as for compose
 * @throws DeployError when the folder, a compose file or the environment file cannot be read
 */
export function lint(
  path: string,
  options: LintOptions = {},
  environment: Environment = {},
): LintReport {
  const folder = requireFolder(path);
  const composeFiles = findComposeFiles(folder, options.file);
  const { model, services, notFollowed } = readComposeFiles(composeFiles, options.profile);
  const envFile = envFileOf(folder, options.envFile);
  const given = envFile === undefined ? undefined : readEnvFile(envFile, environment);
  const named = new Set([...model.variables, ...Object.keys(given?.variables ?? {})]);
  const own = Object.entries(definedOnly(environment)).filter(([name]) => named.has(name));
  const variables = { ...given?.variables, ...Object.fromEntries(own) };
  const aside = [
    ...(given?.assignments ?? []).flatMap(unsetFindings),
    ...notFollowed.map(notFollowedFinding),
  ];
  const allowed = new Set(options.allow);
  const isAllowed = ({ unsafeName }: Finding) => allowed.has(unsafeName);
  const allowUnsafe = [...allowed].filter((name) => !aside.some((one) => one.unsafeName === name));
  const findings = [
    ...aside.filter((finding) => !isAllowed(finding)),
    ...runChecks({ variables, model, services, source: "lint", allowUnsafe }),
  ];
  return { path: folder, composeFiles, ...(envFile === undefined ? {} : { envFile }), findings };
}

/** Returns the named file, or the `.env` file of the folder, which compose reads by default. */
function envFileOf(folder: string, named: string | undefined): string | undefined {
  const file = join(folder, ".env");
  return named === undefined ? (existsSync(file) ? file : undefined) : resolve(named);
}

/** Finds dollar signs that compose takes for the beginning of a variable's name. */
function unsetFindings({ name: field, line, unset }: EnvAssignment): Finding[] {
  return unset.length === 0
    ? []
    : [
        {
          id: "env-file-dollar",
          severity: "error",
          field,
          reason: `refers on line ${line} to ${unset.join(", ")}, which is not set, so compose leaves that part out`,
          remedy: "set that variable in a line before, or put the value in single quotes",
          unsafeName: `env-file-dollar:${field}`,
        },
      ];
}

function notFollowedFinding(field: string): Finding {
  return {
    id: "not-followed",
    severity: "warning",
    field,
    reason: "is not followed, so its contents were not checked",
    remedy: "check the files that it names too, with --file",
    unsafeName: `not-followed:${field}`,
  };
}
