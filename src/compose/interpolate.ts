import { substitute } from "./template.ts";

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Fills in the variables of a text from a compose file; unknown ones become empty. Malformed
 * expressions stay unchanged: compose itself refuses them.
 */
export function interpolate(text: string, values: Values): string {
  return substitute(text, (name) => (Object.hasOwn(values, name) ? values[name] : undefined), {
    malformed: (beginning) => beginning,
    required: () => "",
  });
}
