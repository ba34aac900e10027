/** What compose files say of volumes, with `${VARIABLES}` not filled in. */
import { z } from "zod";
import { fieldsOf } from "../text/coerce.ts";

const volumeSchema = z.looseObject({
  name: z.string().optional(),
  external: z.unknown().optional(),
  driver: z.string().nullish(),
  driver_opts: z.record(z.string(), z.unknown()).nullish(),
});

const mountSchema = z.looseObject({
  type: z.string(),
  source: z.string().default(""),
  target: z.string().default(""),
});

/** A volume that the files declare at their top level. */
export interface VolumeModel {
  /** Its name in the files. */
  readonly key: string;
  /** Its name on the engine, as compose makes it from project and key unless the files give one. */
  readonly name: string;
  /** Whether it is somebody else's to make and to remove. */
  readonly external: boolean;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** One entry of a service's `volumes`. */
export interface MountModel {
  /** `volume`, `bind`, `tmpfs` or what else compose knows. */
  readonly type: string;
  /** Key of a volume or folder of the host; empty for a volume without a name. */
  readonly source: string;
  readonly target: string;
}

/** Reads the top-level `volumes` of `docker compose config`; one that is malformed is left out. */
export function volumesOf(volumes: unknown): VolumeModel[] {
  return Object.entries(fieldsOf(volumes)).flatMap(([key, value]) => {
    const parsed = volumeSchema.safeParse(value ?? {});
    if (!parsed.success) {
      return [];
    }
    const { name = key, external, driver, driver_opts: options } = parsed.data;
    const texts = Object.entries(options ?? {}).map(([option, text]) => [option, String(text)]);
    return [
      {
        key,
        name,
        external: external === true || external === "true",
        driver: driver || "local",
        options: Object.fromEntries(texts),
      },
    ];
  });
}

/** Reads the `volumes` of a service of `docker compose config`. */
export function mountsOf(service: unknown): MountModel[] {
  const { volumes } = (service ?? {}) as { readonly volumes?: unknown };
  return (Array.isArray(volumes) ? volumes : []).flatMap((one) => {
    const parsed = mountSchema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}
