/** Name of a stack's compose project, where nobody chose one. */
import * as pulumi from "@pulumi/pulumi";
import { nameInFolder } from "../../compose/project-name.ts";
import { projectNameOfStack } from "../../lago/config/project-name.ts";
import type { LagoStackArgs } from "./args.ts";

/** Origin of the name of a project. */
export interface NameOrigin {
  /** The setting `projectName`, the `name:` of the compose files, or the name of the stack. */
  readonly from: "setting" | "files" | "stack";
  /** Name of the stack's project without a setting and a `name:`. */
  readonly ofStack: string;
}

/** Name that a stack wants for its project. */
export interface WantedName {
  readonly projectName: pulumi.Output<string>;
  readonly origin: pulumi.Output<NameOrigin>;
  /** Whether the name is, or may be, the one of the compose files. */
  readonly mayBeOfFiles: boolean;
}

/** Finds the name of a stack's project: the chosen one, else that of the files, else that of the stack. */
export function wantedName({ projectName, lagoPath, composeFiles }: LagoStackArgs): WantedName {
  const ofStack = projectNameOfStack(pulumi.getStack());
  const named = (name: pulumi.Input<string>, from: NameOrigin["from"]): WantedName => ({
    projectName: pulumi.output(name),
    origin: pulumi.output({ from, ofStack }),
    mayBeOfFiles: from === "files",
  });
  if (projectName !== undefined) {
    return named(projectName, "setting");
  }
  if (isKnown(lagoPath) && isKnown(composeFiles)) {
    const ofFiles = nameInFolder(lagoPath, composeFiles);
    return ofFiles === undefined ? named(ofStack, "stack") : named(ofFiles, "files");
  }
  const later = pulumi
    .all([lagoPath, composeFiles])
    .apply(([folder, files]) => nameInFolder(folder, files));
  return {
    projectName: later.apply((name) => name ?? ofStack),
    origin: later.apply((name): NameOrigin => {
      return { from: name === undefined ? "stack" : "files", ofStack };
    }),
    mayBeOfFiles: true,
  };
}

/**
 * Name that a deployment keeps. One that was made before the files' `name:` counted goes on under the
 * name of its stack: another name would be another, empty project.
 *
 * @param oldName name in the state of the stack; undefined for a new stack
 */
export function keptName(
  oldName: string | undefined,
  newName: string,
  origin: NameOrigin | undefined,
): string {
  return origin?.from === "files" && oldName === origin.ofStack ? oldName : newName;
}

/** Whether a setting is known while the program is read, with all its parts. */
function isKnown<T extends string | string[]>(
  setting: LagoStackArgs["lagoPath"] | LagoStackArgs["composeFiles"],
): setting is T | undefined {
  const parts = Array.isArray(setting) ? setting : [setting];
  return parts.every((part) => part === undefined || typeof part === "string");
}
