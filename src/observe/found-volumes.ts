/** What docker prints of volumes and of what containers mount. */
import { z } from "zod";
import { KEYS_VOLUME } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";

/** A volume of the engine, by what a list tells. */
export interface ListedVolume {
  readonly name: string;
  /** Compose project that made it; empty for none. */
  readonly project: string;
  /** Its name in the files of that project; empty where compose did not make it. */
  readonly key: string;
  /** Whether it holds no data but tells which keys the data beside it was made with. */
  readonly isMarker: boolean;
}

/** A volume with its definition. */
export interface FoundVolume extends ListedVolume {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A volume with a name that a service's container has, running or not. */
export interface FoundMount {
  readonly service: string;
  readonly volume: string;
  readonly target: string;
}

/** Makes `docker volume ls` print what {@link parseVolumeList} reads, one line a volume. */
export const VOLUME_LIST_FORMAT = [
  "{{.Name}}",
  '{{.Label "com.docker.compose.project"}}',
  '{{.Label "com.docker.compose.volume"}}',
].join("\t");

/** Reads that list. */
export function parseVolumeList(text: string): ListedVolume[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", project = "", key = ""] = line.split("\t");
      return { name, project, key, isMarker: key.startsWith(KEYS_VOLUME) };
    });
}

const volumesSchema = z.array(
  z.looseObject({
    Name: z.string(),
    Driver: z.string().default("local"),
    Options: z.record(z.string(), z.string()).nullish(),
  }),
);

/**
 * Reads the output of `docker volume inspect`: driver and options by name.
 *
 * @throws DeployError of kind `ParseError`
 */
export function parseVolumeInspect(
  text: string,
): Map<string, Pick<FoundVolume, "driver" | "options">> {
  const parsed = volumesSchema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `docker volume inspect` is not of the expected form. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
      { cause: parsed.error },
    );
  }
  return new Map(
    parsed.data.map(({ Name, Driver, Options }) => [
      Name,
      { driver: Driver, options: Options ?? {} },
    ]),
  );
}

/** Makes `docker container inspect` print what {@link parseMounts} reads, one line a container. */
export const MOUNTS_FORMAT = '{"labels":{{json .Config.Labels}},"mounts":{{json .Mounts}}}';

const mountsSchema = z.looseObject({
  labels: z.record(z.string(), z.string()).nullish(),
  mounts: z.array(
    z.looseObject({ Type: z.string(), Name: z.string().default(""), Destination: z.string() }),
  ),
});

/** The engine names a volume that nobody named so. */
const NAMELESS = /^[0-9a-f]{64}$/;

/** Reads what the containers of services mount; containers of `docker compose run` are left out. */
export function parseMounts(text: string): FoundMount[] {
  return text.split("\n").flatMap((line) => {
    const parsed = mountsSchema.safeParse(tryJson(line));
    const service = parsed.data?.labels?.["com.docker.compose.service"];
    if (
      parsed.data === undefined ||
      service === undefined ||
      parsed.data.labels?.["com.docker.compose.oneoff"] === "True"
    ) {
      return [];
    }
    return parsed.data.mounts
      .filter(({ Type, Name }) => Type === "volume" && Name !== "" && !NAMELESS.test(Name))
      .map(({ Name, Destination }) => ({ service, volume: Name, target: Destination }));
  });
}
