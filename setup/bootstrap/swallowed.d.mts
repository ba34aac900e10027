/** Explains why a script must not run; see swallowed.mjs. */
export function swallowedOptions(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): string | undefined;
