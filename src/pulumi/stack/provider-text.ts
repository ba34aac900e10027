/**
 * Code of the dynamic providers, as Pulumi keeps it in its state and runs it from there. Pulumi's SDK
 * would make the same text of a provider's functions anew in each run. Each method imports the real
 * code by package name, captures nothing and names no path, so the text stays the same from release
 * to release.
 */

/** Parameters of the methods of a dynamic provider. */
const PARAMETERS = {
  check: ["olds", "news"],
  diff: ["id", "olds", "news"],
  create: ["inputs"],
  update: ["id", "olds", "news"],
  read: ["id", "props"],
} as const;

/** Method of a dynamic provider. */
export type ProviderMethod = keyof typeof PARAMETERS;

/** Longest line of a method's code. States of earlier releases have longer ones in two lines. */
const MAX_LINE = 100;

/**
 * Makes the text of a provider.
 *
 * @param provider name by which `z-billing-lago/providers` exports the provider
 * @param methods its methods, in the order of the states of earlier releases
 */
export function providerText(provider: string, methods: readonly ProviderMethod[]): string {
  const names = methods.map((method, index) => `${method}: __f${index + 1}`);
  const functions = methods.map((method, index) => {
    const placeholders = PARAMETERS[method].map((_, place) => `__${place}`);
    return closure(index + 1, placeholders, "", codeOf(provider, method));
  });
  return [
    "exports.handler = __f0;\n",
    `var __provider = {${names.join(", ")}};\n`,
    ...functions,
    closure(0, [], "provider: __provider, ", "() => provider"),
  ].join("\n");
}

function codeOf(provider: string, method: ProviderMethod): string {
  const parameters = PARAMETERS[method].join(", ");
  const start = `async (${parameters}) =>`;
  const call = `(await import("z-billing-lago/providers")).${provider}.${method}(${parameters})`;
  const isLong = `  ${method}: ${start} ${call},`.length > MAX_LINE;
  return `${start}${isLong ? "\n    " : " "}${call}`;
}

function closure(
  number: number,
  placeholders: readonly string[],
  captured: string,
  code: string,
): string {
  return `function __f${number}(${placeholders.join(", ")}) {
  return (function() {
    with({ ${captured}this: undefined, arguments: undefined }) {

return ${code};

    }
  }).apply(undefined, undefined).apply(this, arguments);
}
`;
}
