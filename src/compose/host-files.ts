/**
 * Host paths that services bind-mount. They are paths on the *docker host*, which may be another
 * machine.
 */
import { z } from "zod";
import { parseOutput } from "../process/parse-output.ts";

/** A host path that a service uses. */
export interface HostFile {
  readonly service: string;
  /** Section of the compose file that names the path. */
  readonly by: "volumes" | "configs" | "secrets";
  /** Path as the files have it, with variables filled in. */
  readonly path: string;
  /** Whether the path is relative to a folder of the machine that reads the compose files. */
  readonly isRelative: boolean;
}

const named = z.array(z.looseObject({ source: z.string().default("") })).nullish();
const files = z.record(z.string(), z.looseObject({ file: z.string().optional() })).nullish();
const options = z.looseObject({ o: z.string().default(""), device: z.string().default("") });

const schema = z.looseObject({
  services: z
    .record(
      z.string(),
      z.looseObject({
        volumes: z
          .array(z.looseObject({ type: z.string(), source: z.string().default("") }))
          .nullish(),
        configs: named,
        secrets: named,
      }),
    )
    .nullish(),
  volumes: z
    .record(z.string(), z.looseObject({ driver_opts: options.nullish() }).nullable())
    .nullish(),
  configs: files,
  secrets: files,
});

/**
 * Parses `docker compose config --no-path-resolution --format json`. A config with `content` is
 * left out: compose copies it into the container, so it is no host path.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of it
 */
export function parseHostFiles(text: string): HostFile[] {
  const project = parseOutput(schema, text, "docker compose config");
  const { services, volumes, configs, secrets } = project;
  return Object.entries(services ?? {}).flatMap(([service, declared]) => {
    const found = (by: HostFile["by"], paths: readonly (string | undefined)[]) =>
      paths
        .filter((path) => path !== undefined && path !== "")
        .map((path) => ({
          service,
          by,
          path: path as string,
          isRelative: !isAbsolute(path as string),
        }));
    const mounted = (declared.volumes ?? []).map(({ type, source }) =>
      type === "bind" ? source : boundFolder(volumes?.[source]?.driver_opts),
    );
    return [
      ...found("volumes", mounted),
      ...found(
        "configs",
        (declared.configs ?? []).map(({ source }) => configs?.[source]?.file),
      ),
      ...found(
        "secrets",
        (declared.secrets ?? []).map(({ source }) => secrets?.[source]?.file),
      ),
    ];
  });
}

/**
 * Returns the host folder that a named volume is bound to; undefined when it is a volume of its
 * own.
 */
function boundFolder(driver: z.output<typeof options> | null | undefined): string | undefined {
  return driver?.o.split(",").some((one) => one === "bind" || one === "rbind")
    ? driver.device
    : undefined;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}
