/** What the root package.json says that the published package needs too. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

/** Of use in a checkout only. */
const CHECKOUT_ONLY = ["private", "scripts", "devDependencies"];

/**
 * The package.json of the published package. The checkout's own points to TypeScript sources, which
 * Node does not run out of `node_modules`; this one points to what they were compiled to.
 */
export function publishedManifest(manifest: Manifest): Record<string, unknown> {
  const kept = Object.entries(manifest).filter(([name]) => !CHECKOUT_ONLY.includes(name));
  return {
    ...Object.fromEntries(kept),
    types: declarationOf(manifest.exports["."] ?? ""),
    bin: mapValues(manifest.bin, compiled),
    exports: mapValues(manifest.exports, (target) =>
      target.endsWith(".ts") ? { types: declarationOf(target), default: compiled(target) } : target,
    ),
  };
}

function compiled(source: string): string {
  return source.replace(/\.ts$/, ".js");
}

function declarationOf(source: string): string {
  return source.replace(/\.ts$/, ".d.ts");
}

function mapValues<T>(values: Readonly<Record<string, string>>, map: (value: string) => T) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
