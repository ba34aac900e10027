/** References of compose files to variables that are not set, or that compose cannot read. */
import type { ConfigIssue } from "../../errors.ts";
import { type Fields, isFields } from "../../text/coerce.ts";
import { type Lookup, substitute } from "../template.ts";

/** A variable without a value and without a default, for which compose puts nothing. */
export interface UnsetReference {
  readonly name: string;
  /** Places in the files that refer to the variable. */
  readonly places: readonly string[];
  /** Whether some place has more text than the reference, so that part of a value is left out. */
  readonly isPart: boolean;
}

/** Judged references. */
export interface JudgedReferences {
  readonly unset: readonly UnsetReference[];
  /** Places that compose refuses. */
  readonly faults: readonly ConfigIssue[];
}

/** Judges all texts of a project, as compose fills all of them in, whatever their services' profiles. */
export function judgeReferences(project: Fields, lookup: Lookup): JudgedReferences {
  const unset = new Map<string, UnsetReference>();
  const faults: ConfigIssue[] = [];
  for (const [place, text] of textsIn(project, [])) {
    const fault = (message: string) => {
      faults.push({ field: place, message });
      return "";
    };
    substitute(text, lookup, {
      unset: (name) => {
        const { places = [], isPart = false } = unset.get(name) ?? {};
        const isWhole = text === `$${name}` || text === `\${${name}}`;
        unset.set(name, {
          name,
          places: places.includes(place) ? places : [...places, place],
          isPart: isPart || !isWhole,
        });
      },
      malformed: () => fault("has a ${ that begins no variable"),
      required: (name, message) =>
        fault(`requires ${name}, which has no value${message === "" ? "" : `: ${message}`}`),
    });
  }
  return { unset: [...unset.values()].map(withServicesOnly), faults };
}

/** Leaves out extensions such as `x-backend`, which services repeat. */
function withServicesOnly(reference: UnsetReference): UnsetReference {
  const places = reference.places.filter((place) => !place.startsWith("x-"));
  return places.length === 0 ? reference : { ...reference, places };
}

/** Lists all texts with their places, such as `services.api.image`. */
function* textsIn(value: unknown, path: readonly string[]): Generator<[string, string]> {
  if (typeof value === "string") {
    yield [path.join("."), value];
  } else if (Array.isArray(value)) {
    for (const one of value) {
      yield* textsIn(one, path);
    }
  } else if (isFields(value)) {
    for (const [key, one] of Object.entries(value)) {
      yield* textsIn(one, [...path, key]);
    }
  }
}
