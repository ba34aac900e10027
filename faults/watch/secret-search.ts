/**
 * Looks for secrets in every form in which programs write them down. It shares no code with the
 * product's redactor: what that one misses has to be found here.
 */

/** Any part of a secret of several lines that is this long gives it away. */
const MIN_LINE_LENGTH = 24;

/** A form of a secret that was found. */
export interface SecretSighting {
  /** Name of the secret. */
  readonly secret: string;
  /** In which form. */
  readonly form: string;
}

interface Form extends SecretSighting {
  readonly text: string;
}

/** A search for the given secrets. */
export class SecretSearch {
  readonly #forms: readonly Form[];

  /** @param secrets values by name, each of 16 characters or more: a shorter one could be chance */
  constructor(secrets: Readonly<Record<string, string>>) {
    this.#forms = Object.entries(secrets).flatMap(([secret, value]) => {
      if (value.length < 16) {
        throw new Error(`the secret ${secret} is too short to be searched for`);
      }
      return formsOf(value).map(([form, text]) => ({ secret, form, text }));
    });
  }

  /** What is found in a text, each secret and form once. */
  find(text: string): SecretSighting[] {
    const places: [string, string][] = [
      ["", text],
      // Wrapped at whatever column, and indented.
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

/** The base64 of a text, and what of it any longer text that contains it has in its base64. */
function base64Forms(bytes: Buffer): string[] {
  const inner = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const first = Math.ceil((before * 8) / 6);
    return padded.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return inner.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}
