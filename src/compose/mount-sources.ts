/** Paths of the engine's host that services mount, as compose and the engine find them. Pure. */
import { posix } from "node:path";
import { fieldsOf, listOf, textOf } from "../text/coerce.ts";
import { interpolate } from "./interpolate.ts";
import { type ComposeModel, variablesIn } from "./model.ts";
import { mountsOf, type VolumeModel } from "./volumes.ts";

/** A path of the engine's host that a service mounts. */
export interface MountSource {
  readonly service: string;
  readonly section: "volumes" | "configs" | "secrets";
  /** Absolute path. */
  readonly path: string;
  readonly target: string;
  /**
   * Whether a path that is missing becomes an empty folder. Undefined where the files leave this to
   * compose's release.
   */
  readonly becomesFolder: boolean | undefined;
}

/** Meaning of paths and variables in the files. */
export interface PathContext {
  /** Absolute path of the folder that relative paths start from. */
  readonly folder: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables whose values only the real run knows. */
  readonly unknown: readonly string[];
}

/** Lists the host paths that the services mount. Leaves out paths with unknown values. */
export function mountSources(
  { services, volumes = [], files = [] }: ComposeModel,
  context: PathContext,
): MountSource[] {
  return services.flatMap(({ name: service, definition }) => [
    ...mountsOf(definition).flatMap(({ type, source, target, createHostPath }) => {
      const found = hostPath(type, source, volumes, context);
      // Compose makes the folder of every mount in the short form.
      const isMade = type === "volume" ? true : createHostPath;
      return found === undefined
        ? []
        : [
            {
              ...{ service, section: "volumes" as const, path: found.path, target },
              becomesFolder: found.isBind ? isMade : false,
            },
          ];
    }),
    ...files.flatMap(({ section, key, file }) => {
      const used = listOf(definition[section]).map((one) =>
        typeof one === "string" ? { source: one } : fieldsOf(one),
      );
      const path = absolute(file, context);
      return path === undefined
        ? []
        : used
            .filter(({ source }) => source === key)
            .map((one) => ({
              ...{ service, section, path, becomesFolder: false },
              target: textOf(fieldsOf(one).target) || `/${key}`,
            }));
    }),
  ]);
}

/** The host path that a mount leads to; undefined for none, and for one that is not known. */
function hostPath(
  type: string,
  source: string,
  volumes: readonly VolumeModel[],
  context: PathContext,
): { readonly path: string; readonly isBind: boolean } | undefined {
  const volume = volumes.find(({ key }) => key === source);
  if (type === "volume" && volume !== undefined) {
    const { o = "", device = "" } = volume.options;
    const isBound = o.split(",").some((one) => one === "bind" || one === "rbind");
    const path = isBound && !volume.external ? absolute(device, context) : undefined;
    return path === undefined ? undefined : { path, isBind: false };
  }
  const path = type === "bind" || type === "volume" ? absolute(source, context) : undefined;
  // Only with its variables filled in does the short form tell a path from a volume.
  const isBind = type === "bind" || /^[/.~]/.test(interpolate(source, context.environment));
  return path !== undefined && isBind && source !== "" ? { path, isBind } : undefined;
}

/** Fills in the variables of a path, and makes the path absolute. */
function absolute(
  text: string,
  { folder, home, environment, unknown }: PathContext,
): string | undefined {
  // Compose puts the folder in front of a path whose variable may hold an absolute one.
  const own = text.startsWith(`${folder}/$`) ? text.slice(folder.length + 1) : text;
  const isCut = (own.match(/\$\{/g) ?? []).length !== (own.match(/\}/g) ?? []).length;
  if (own === "" || isCut || variablesIn(own).some((name) => unknown.includes(name))) {
    return undefined;
  }
  const path = interpolate(own, environment).replace(/^~(?=\/|$)/, home);
  return path === "" ? undefined : posix.resolve(folder, path);
}
