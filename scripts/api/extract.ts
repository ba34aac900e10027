/** Extracts the public API of a built package with API Extractor. */
import { join } from "node:path";
import { Extractor, ExtractorConfig, type IConfigFile } from "@microsoft/api-extractor";
import { declarationOf, type Manifest } from "../build/manifest.ts";

/** API of one entry, and whether its report differs from the recorded one. */
export interface ExtractedApi {
  /** Name of the report. */
  readonly report: string;
  readonly changed: boolean;
  /** Errors that prevent reading the declarations; empty without any. */
  readonly faults: readonly string[];
}

/** Folders of reports. */
export interface ReportFolders {
  /** Folder of the checked-in reports. */
  readonly recorded: string;
  /** Folder of the package's reports. */
  readonly found: string;
}

/**
 * Writes a report of the exports of each entry of a built package, with the types that they use.
 *
 * @param record replaces the recorded reports by the package's
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
