/** Runs npm in `folder`; see npm.mjs. */
export function npm(
  args: readonly string[],
  folder: string,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<void>;
