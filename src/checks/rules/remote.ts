import type { HostFile } from "../../compose/host-files.ts";
import { variableByName } from "../../lago/catalogue/index.ts";
import { isLoopback } from "../../text/url.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import type { Fault } from "../types.ts";

/** Checks that apply when the engine is on another machine. */
export const REMOTE_CHECKS: readonly Check[] = [
  {
    id: "local-file",
    finds: "files of this machine that a remote engine would not have",
    run: (context) =>
      faults(context, true, (paths, engine) => ({
        severity: "error",
        reason: `mounts ${paths} of this machine, and ${engine} would look for it on its own host`,
        remedy:
          "put it into an image, a volume with a name, or `configs` with `content`, which compose copies; or name the absolute path that it has on that host",
      })),
  },
  {
    id: "host-path",
    finds: "folders that a remote engine takes from its own host",
    run: (context) =>
      faults(context, false, (paths, engine) => ({
        severity: "warning",
        reason: `mounts ${paths}, which is taken from the host of ${engine} and not from this machine`,
        remedy: "make sure that it is there",
      })),
  },
  {
    id: "remote-localhost",
    finds: "addresses on localhost of a remote deployment",
    run: ({ remoteEngine, variables }) =>
      remoteEngine === undefined
        ? []
        : ["LAGO_API_URL", "LAGO_FRONT_URL"]
            .filter((name) => isLocal(variables[name]))
            .map(
              (name): Fault => ({
                field: name,
                severity: "error",
                reason: `points at the machine of the browser, but Lago is published on the host of ${remoteEngine.engine}`,
                remedy: `set ${settingOf(name)} to where browsers reach it; accept this one if you use a tunnel (\`ssh -L\`)`,
              }),
            ),
  },
];

function faults(
  { remoteEngine }: CheckContext,
  isRelative: boolean,
  text: (paths: string, engine: string) => Omit<Fault, "field">,
): Fault[] {
  if (remoteEngine === undefined) {
    return [];
  }
  const places = new Map<string, string[]>();
  for (const file of remoteEngine.hostFiles.filter((one) => one.isRelative === isRelative)) {
    const place = placeOf(file);
    places.set(place, [...(places.get(place) ?? []), file.path]);
  }
  return [...places].map(([field, paths]) => ({
    field,
    ...text([...new Set(paths)].join(", "), remoteEngine.engine),
  }));
}

function placeOf({ service, by }: HostFile): string {
  return `services.${service}.${by}`;
}

/** Whether a browser takes the URL for one of its own machine, which counts `*.localhost` too. */
function isLocal(url = ""): boolean {
  return isLoopback(url) || URL.parse(url)?.hostname.endsWith(".localhost") === true;
}

function settingOf(name: string): string {
  return variableByName(name)?.setting ?? name;
}
