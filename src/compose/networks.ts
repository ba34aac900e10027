/** The networks that compose files declare, with `${VARIABLES}` not filled in. */
import { z } from "zod";

const schema = z.looseObject({
  name: z.string().optional(),
  external: z.unknown().optional(),
});

/** A network that the files declare at their top level. */
export interface NetworkModel {
  /** Its name in the files. */
  readonly key: string;
  /** Its name on the engine, as compose makes it from project and key unless the files give one. */
  readonly name: string;
  /** Whether it is somebody else's to make and to remove. */
  readonly external: boolean;
}

/** Reads the top-level `networks` of `docker compose config`. One that is malformed is left out. */
export function networksOf(networks: unknown): NetworkModel[] {
  const entries = typeof networks === "object" && networks !== null ? Object.entries(networks) : [];
  return entries.flatMap(([key, value]) => {
    const parsed = schema.safeParse(value ?? {});
    if (!parsed.success) {
      return [];
    }
    const { name = key, external } = parsed.data;
    return [{ key, name, external: external === true || external === "true" }];
  });
}

/** Keys of the networks that a service of `docker compose config` is on. */
export function networkKeysOf({
  networks,
  network_mode: mode,
}: Readonly<Record<string, unknown>>): string[] {
  if (typeof networks === "object" && networks !== null) {
    return Array.isArray(networks) ? networks.map(String) : Object.keys(networks);
  }
  return mode == null ? ["default"] : [];
}
