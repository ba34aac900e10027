/**
 * Key fingerprints beside the data of a deployment, which tell the keys that the data was made with.
 * They are salted, and no key can be computed from them.
 */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { KEY_NAMES, type KeyName } from "../lago/lago-keys.ts";
import { fingerprint, newSalt } from "./fingerprint.ts";

/** Where the data lies: in the project's volumes, or out of Docker's sight. */
export type DataPlace = "volumes" | "elsewhere";

const schema = z.object({
  version: z.literal(1),
  /** Grows by one each time that a project gets new key fingerprints; the highest one counts. */
  generation: z.int().min(1),
  salt: z.base64(),
  data: z.enum(["volumes", "elsewhere"]),
  /** An empty text stands for a key that was left to the compose file's own default. */
  keys: z.partialRecord(z.enum(KEY_NAMES), z.union([z.literal(""), z.base64()])),
  /** Whether the data has an organization. Absent where nobody has looked for one. */
  organization: z.literal(true).optional(),
});

/** Fingerprints of the keys that a deployment's data was made with. */
export type KeyFingerprints = z.output<typeof schema>;

/** @throws DeployError of kind `ParseError` */
export function parseFingerprints(text: string, volume: string): KeyFingerprints {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DeployError(
      "ParseError",
      `The volume ${volume}, which tells the keys that the data beside it was made with, cannot be read by this release of z-billing-lago. Use a newer one; remove the volume only when you know that the keys are right.`,
      { cause },
    );
  }
}

/**
 * Makes the key fingerprints to follow `previous`. Keys that are not among `keys` keep their old
 * fingerprints.
 *
 * @param keys values by name, empty where the compose file's own default counts
 */
export async function makeFingerprints(
  keys: Partial<Record<KeyName, string>>,
  data: DataPlace,
  previous?: KeyFingerprints,
): Promise<KeyFingerprints> {
  const salt = previous?.salt ?? newSalt();
  const fresh = await Promise.all(
    entriesOf(keys).map(
      async ([name, value]) => [name, await fingerprintOrEmpty(name, value, salt)] as const,
    ),
  );
  return {
    version: 1,
    generation: (previous?.generation ?? 0) + 1,
    salt,
    data,
    keys: { ...previous?.keys, ...Object.fromEntries(fresh) },
    ...(previous?.organization === undefined ? {} : { organization: previous.organization }),
  };
}

/** Makes the key fingerprints to follow `previous`, for data that has an organization. */
export function withOrganization(previous: KeyFingerprints): KeyFingerprints {
  return { ...previous, generation: previous.generation + 1, organization: true };
}

/** Whether there is a fingerprint of each of the keys. */
export function coversAll(
  fingerprints: KeyFingerprints,
  keys: Partial<Record<KeyName, string>>,
): boolean {
  return entriesOf(keys).every(([name]) => fingerprints.keys[name] !== undefined);
}

/** Fingerprint of a key; empty for one that is left to the compose file. */
export function fingerprintOrEmpty(
  name: KeyName,
  value: string,
  salt: string,
): string | Promise<string> {
  return value === "" ? "" : fingerprint(name, value, salt);
}

/** The keys that have a value, with their names. */
export function entriesOf(keys: Partial<Record<KeyName, string>>): [KeyName, string][] {
  return KEY_NAMES.flatMap((name) => {
    const value = keys[name];
    return value === undefined ? [] : [[name, value] as [KeyName, string]];
  });
}
