/** The public API of a built package, as API Extractor writes it down. */
import { join } from "node:path";
import { Extractor, ExtractorConfig, type IConfigFile } from "@microsoft/api-extractor";
import { declarationOf, type Manifest } from "../build/manifest.ts";

/** The API of one entry, and whether its report is another one than before. */
export interface ExtractedApi {
  /** Name of the report. */
  readonly report: string;
  readonly changed: boolean;
  /** What keeps the declarations from being read; empty when nothing does. */
  readonly faults: readonly string[];
}

/** Where reports are. */
export interface ReportFolders {
  /** Those that are checked in. */
  readonly recorded: string;
  /** Those of the package. */
  readonly found: string;
}

/**
 * Writes down what each entry of a built package exports, with the types that this leads to.
 *
 * @param record puts the reports of the package in the place of those that were recorded
 */
export function extractApi(
  folder: string,
  manifest: Manifest,
  folders: ReportFolders,
  record: boolean,
): ExtractedApi[] {
  const entries = Object.entries(manifest.exports).filter(([, target]) => target.endsWith(".ts"));
  return entries.map(([entry, target]) => {
    const report = [manifest.name, ...entry.split("/").slice(1)].join(".");
    const faults: string[] = [];
    const config = ExtractorConfig.prepare({
      configObject: configOf(folder, declarationOf(target), report, folders),
      configObjectFullPath: undefined,
      packageJsonFullPath: join(folder, "package.json"),
    });
    const result = Extractor.invoke(config, {
      localBuild: record,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === "error") {
          faults.push(message.text);
        }
      },
    });
    return { report: `${report}.api.md`, changed: result.apiReportChanged, faults };
  });
}

function configOf(
  folder: string,
  declarations: string,
  report: string,
  { recorded, found }: ReportFolders,
): IConfigFile {
  return {
    projectFolder: folder,
    mainEntryPointFilePath: join(folder, declarations),
    newlineKind: "lf",
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: "es2023",
          module: "nodenext",
          types: ["node"],
          strict: true,
          skipLibCheck: true,
          noEmit: true,
        },
        files: [declarations],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: report,
      reportFolder: recorded,
      reportTempFolder: found,
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: "error" } },
      extractorMessageReporting: { default: { logLevel: "none" } },
      tsdocMessageReporting: { default: { logLevel: "none" } },
    },
  } as IConfigFile;
}
