/** Volumes and mounts in compose files, with `${VARIABLES}` not filled in. */
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
  bind: z.looseObject({ create_host_path: z.unknown().optional() }).nullish(),
});

/** A volume that the files declare at their top level. */
export interface VolumeModel {
  /** Key of the volume in the files. */
  readonly key: string;
  /**
   * Name of the volume on the engine: the name in the files, or else compose's name made of project
   * and key.
   */
  readonly name: string;
  /** Whether the volume is external: compose neither creates nor removes it. */
  readonly external: boolean;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** One entry of a service's `volumes`. */
export interface MountModel {
  /** `volume`, `bind`, `tmpfs` or another type of compose. */
  readonly type: string;
  /** Key of a volume or a host folder; empty for an anonymous volume. */
  readonly source: string;
  readonly target: string;
  /** Whether the files have a missing host folder made. Absent where they leave it open. */
  readonly createHostPath?: boolean;
}

/** Parses the top-level `volumes` of `docker compose config`. Malformed entries are left out. */
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

/** Parses the `volumes` of a service of `docker compose config`. */
export function mountsOf(service: unknown): MountModel[] {
  const { volumes } = (service ?? {}) as { readonly volumes?: unknown };
  return (Array.isArray(volumes) ? volumes : []).flatMap((one) => {
    const parsed = mountSchema.safeParse(one);
    if (!parsed.success) {
      return [];
    }
    const { type, source, target, bind } = parsed.data;
    const createHostPath = bind?.create_host_path;
    return [
      { type, source, target, ...(typeof createHostPath === "boolean" ? { createHostPath } : {}) },
    ];
  });
}
