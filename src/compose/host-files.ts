/** Files and folders of a host that services are given: of the engine's host, whatever the files mean. */
import { z } from "zod";
import { parseOutput } from "../process/parse-output.ts";

/** One of them. */
export interface HostFile {
  readonly service: string;
  /** Where the service names it. */
  readonly by: "volumes" | "configs" | "secrets";
  /** As the files have it, with variables filled in. */
  readonly path: string;
  /** Whether it starts from a folder of the machine that reads the files. */
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
 * Reads `docker compose config --no-path-resolution --format json`. What compose copies into
 * containers, such as a config with `content`, is no file of a host.
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

/** The folder that a volume with a name stands for, where it stands for one. */
function boundFolder(driver: z.output<typeof options> | null | undefined): string | undefined {
  return driver?.o.split(",").some((one) => one === "bind" || one === "rbind")
    ? driver.device
    : undefined;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}
