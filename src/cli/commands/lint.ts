import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type EnvFile, readEnvFile } from "../../checks/env-file.ts";
import { type Finding, runChecks } from "../../checks/index.ts";
import { findComposeFiles, requireFolder } from "../../compose/find-files.ts";
import { readComposeFiles } from "../../compose/read-files.ts";
import { DeployError } from "../../errors.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { type LintReport, lintText } from "../output/lint-text.ts";

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
  const report = lint(path, options);
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
 * @throws DeployError when the folder, a compose file or the environment file cannot be read
 */
export function lint(path: string, options: LintOptions = {}): LintReport {
  const folder = requireFolder(path);
  const composeFiles = findComposeFiles(folder, options.file);
  const { model, services, notFollowed } = readComposeFiles(composeFiles, options.profile);
  const { file: envFile, variables, findings: inFile } = environmentOf(folder, options.envFile);
  const aside = [...inFile, ...notFollowed.map(notFollowedFinding)];
  const allowed = new Set(options.allow);
  const isAllowed = ({ unsafeName }: Finding) => allowed.has(unsafeName);
  const allowUnsafe = [...allowed].filter((name) => !aside.some((one) => one.unsafeName === name));
  const findings = [
    ...aside.filter((finding) => !isAllowed(finding)),
    ...runChecks({ variables, model, services, source: "lint", allowUnsafe }),
  ];
  return { path: folder, composeFiles, ...(envFile === undefined ? {} : { envFile }), findings };
}

/**
 * Returns the named file, or the `.env` file beside the compose file, which compose reads by
 * default.
 */
function environmentOf(folder: string, named: string | undefined): EnvFile & { file?: string } {
  const file = named === undefined ? join(folder, ".env") : resolve(named);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (named === undefined && (error as NodeJS.ErrnoException).code === "ENOENT") {
      return { variables: {}, findings: [] };
    }
    throw new DeployError("PathNotFound", `The environment file ${file} cannot be read.`, {
      cause: error,
    });
  }
  return { ...readEnvFile(bytes, file), file };
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
