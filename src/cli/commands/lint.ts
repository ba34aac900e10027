import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Finding, inOrder, runChecks } from "../../checks/index.ts";
import { ABSENCE_IDS, READING_IDS, readingFindings } from "../../checks/reading-findings.ts";
import { composeVariables } from "../../compose/compose-variables.ts";
import { findComposeFiles, requireFolder } from "../../compose/find-files.ts";
import { variablesIn } from "../../compose/model.ts";
import { type ComposeReading, readComposeFiles } from "../../compose/read-files.ts";
import type { FileAssignment } from "../../compose/reading/service-env-files.ts";
import { projectNameOfFolder } from "../../lago/config/project-name.ts";
import { definedOnly } from "../../process/environment.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { readEnvFile } from "../env-file.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { type LintReport, lintText } from "../output/lint-text.ts";
import type { Environment } from "../target.ts";

/** Ids of findings that a variable has no effect. */
const UNUSED_IDS = ["dead-variable", "overruled-variable"];

/** Options of the lint command, as the command line gives them. */
export interface LintOptions {
  readonly envFile?: string;
  readonly file?: string[];
  readonly profile?: string[];
  readonly allow?: string[];
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * Judges a Lago checkout and its `.env` as compose would run them, without docker. The process ends
 * with the exit code of `UnsafeConfig` when there are errors. JSON has all findings, text the minor
 * ones with `--all` only.
 */
export function lintCommand(context: CommandContext, path: string, options: LintOptions): void {
  const report = lint(path, options, context.environment);
  const errors = report.findings.filter(({ severity }) => severity === "error").length;
  const minor = report.findings.filter(({ isMinor = false }) => isMinor).length;
  const counts = { errors, warnings: report.findings.length - errors, minor };
  context.output.result(
    options.json === true
      ? JSON.stringify({ ...counts, ...report })
      : lintText(report, options.all === true ? {} : { moreCommand: commandOfAll(path, options) }),
  );
  if (errors > 0) {
    process.exitCode = EXIT_CODES.UnsafeConfig;
  }
}

/** Command that shows all findings of the same files. */
function commandOfAll(path: string, { envFile, file, profile, allow }: LintOptions): string {
  const list = (name: string, values: readonly string[] = []) =>
    values.length === 0 ? [] : [name, ...values];
  return zbl(
    "lint",
    ...(path === "." ? [] : [path]),
    "--all",
    ...list("--env-file", envFile === undefined ? [] : [envFile]),
    ...list("--file", file),
    ...list("--profile", profile),
    ...list("--allow", allow),
  );
}

/**
 * Judges a Lago checkout and returns its report. `COMPOSE_FILE`, `COMPOSE_PATH_SEPARATOR` and
 * `COMPOSE_PROFILES` in the `.env` file or the environment count where no option says otherwise.
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
  const envFiles = envFilesOf(folder, options.envFile, environment);
  const { variables: inFiles, assignments } = readEnvFiles(envFiles, environment);
  const all = { ...inFiles, ...definedOnly(environment) };
  const { files, profiles, projectName } = composeVariables(all);
  const composeFiles = findComposeFiles(folder, options.file ?? files);
  const reading = readComposeFiles(composeFiles, {
    profiles: options.profile ?? profiles ?? [],
    variables: {
      ...all,
      COMPOSE_PROJECT_NAME: projectName ?? projectNameOfFolder(basename(folder)),
    },
  });
  const findings = judge(
    reading,
    readingFindings(reading, assignments),
    variablesFor(reading, inFiles, environment),
    // A variable that other lines of the file refer to has an effect through them.
    new Set(assignments.flatMap(({ references }) => references)),
    new Set(options.allow),
  );
  const envFile = envFiles.length === 0 ? {} : { envFile: envFiles.join(", ") };
  return { path: folder, composeFiles, ...envFile, findings };
}

function judge(
  { model, services, isComplete }: ComposeReading,
  aside: readonly Finding[],
  variables: Readonly<Record<string, string>>,
  used: ReadonlySet<string>,
  allowed: ReadonlySet<string>,
): Finding[] {
  const isAside = (name: string) => READING_IDS.some((id) => name.startsWith(`${id}:`));
  const allowUnsafe = [...allowed].filter((name) => !isAside(name));
  const known = { ...model, variables: [...new Set([...model.variables, ...used])].sort() };
  const checked = runChecks({ variables, model: known, services, source: "lint", allowUnsafe });
  return inOrder([
    ...aside.filter(({ unsafeName }) => !allowed.has(unsafeName)),
    ...checked
      .filter(({ id }) => isComplete || !ABSENCE_IDS.includes(id))
      .filter(({ id, field }) => !UNUSED_IDS.includes(id) || !used.has(field)),
  ]);
}

/**
 * Returns the variables to judge: those of the files, and those of the process that the files refer
 * to.
 */
function variablesFor(
  { services, model, variables }: ComposeReading,
  inFile: Readonly<Record<string, string>>,
  environment: Environment,
): Record<string, string> {
  const inServices = variablesIn(JSON.stringify(services));
  const named = new Set([...model.variables, ...inServices, ...Object.keys(inFile)]);
  const isJudged = (name: string) => named.has(name) || !Object.hasOwn(environment, name);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isJudged(name)));
}

/**
 * Returns the named file, or those of `COMPOSE_ENV_FILES`, or the `.env` file of the folder. Compose
 * knows that variable from the environment only.
 */
function envFilesOf(
  folder: string,
  named: string | undefined,
  environment: Environment,
): readonly string[] {
  const files = named ?? environment.COMPOSE_ENV_FILES;
  if (files !== undefined && files !== "") {
    return (named === undefined ? files.split(",") : [files]).map((file) => resolve(file));
  }
  return [join(folder, ".env")].filter((file) => existsSync(file));
}

/** Reads files, each on top of those before it, whose variables it may refer to. */
function readEnvFiles(files: readonly string[], environment: Environment) {
  const variables: Record<string, string> = {};
  const assignments: FileAssignment[] = [];
  for (const file of files) {
    const read = readEnvFile(file, { ...variables, ...environment });
    Object.assign(variables, read.variables);
    assignments.push(...read.assignments.map((one) => ({ ...one, file })));
  }
  return { variables, assignments };
}
