/**
 * Searches for secrets in every form in which programs write them. Shares no code with the
 * product's redactor, since it has to find what the redactor misses.
 */

/** Minimum length of a line of a multi-line secret that counts as a leak. */
const MIN_LINE_LENGTH = 24;

/** A form of a secret that was found. */
export interface SecretSighting {
  /** Name of the secret. */
  readonly secret: string;
  /** Form in which the secret was found. */
  readonly form: string;
}

interface Form extends SecretSighting {
  readonly text: string;
}

/** Searches texts for the given secrets. */
export class SecretSearch {
  readonly #forms: readonly Form[];

  /**
   * @param secrets values by name, each of 16 characters or more: a shorter one could be found by
   * chance
   */
  constructor(secrets: Readonly<Record<string, string>>) {
    this.#forms = Object.entries(secrets).flatMap(([secret, value]) => {
      if (value.length < 16) {
        throw new Error(`the secret ${secret} is too short to be searched for`);
      }
      return formsOf(value).map(([form, text]) => ({ secret, form, text }));
    });
  }

  /** Lists the sightings in a text, each secret and form once. */
  find(text: string): SecretSighting[] {
    const places: [string, string][] = [
      ["", text],
      // Wrapped at any column, and indented.
      [", split over lines", text.replace(/\s+/g, "")],
    ];
    const found = new Map<string, SecretSighting>();
    for (const [suffix, place] of places) {
      for (const { secret, form, text: needle } of this.#forms) {
        const wanted = suffix === "" ? needle : needle.replace(/\s+/g, "");
        if (!found.has(`${secret} ${form}`) && place.includes(wanted)) {
          found.set(`${secret} ${form}`, { secret, form: `${form}${suffix}` });
        }
      }
    }
    return [...found.values()];
  }
}

function formsOf(value: string): [form: string, text: string][] {
  const json = JSON.stringify(value).slice(1, -1);
  const bytes = Buffer.from(value, "utf8");
  const decoded = Buffer.from(value, "base64").toString("utf8");
  const pem = decoded.startsWith("-----BEGIN") ? decoded : "";
  const lines = `${value}\n${pem}`
    .split("\n")
    .filter((line) => line.length >= MIN_LINE_LENGTH && !line.startsWith("-----"));
  const forms: [string, string][] = [
    ["raw", value],
    ["JSON-escaped", json],
    ["JSON-escaped twice", JSON.stringify(json).slice(1, -1)],
    ["URL-encoded", encodeURIComponent(value)],
    ["URL-encoded as a form", new URLSearchParams([["", value]]).toString().slice(1)],
    ...lines.map((line): [string, string] => ["a line of it", line]),
    ...base64Forms(bytes).map((text): [string, string] => ["base64", text]),
  ];
  const seen = new Set<string>();
  return forms.filter(([, text]) => !seen.has(text) && seen.add(text));
}

/** The base64 of a text, and the parts of it that appear in the base64 of any longer text. */
function base64Forms(bytes: Buffer): string[] {
  const inner = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const first = Math.ceil((before * 8) / 6);
    return padded.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return inner.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}
