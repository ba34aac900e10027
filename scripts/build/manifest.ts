/** What the root package.json says that the published package needs too. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

/** Of use in a checkout only. */
const CHECKOUT_ONLY = ["private", "scripts", "devDependencies"];

/** Pulumi's SDK: two copies of it in one program would each know only half of its resources. */
const SHARED = "@pulumi/pulumi";

/** Oldest release of it that a program may have; newer ones of 3 will do too. The tests use both. */
export const OLDEST_SDK = "3.233.0";

/** Modules that do something when they are loaded; bundlers may leave out any other. */
const WITH_EFFECTS = ["./src/cli/bin.js", "./src/pulumi/stack/providers.js"];

/**
 * The package.json of the published package. The checkout's own points to TypeScript sources, which
 * Node does not run out of `node_modules`; this one points to what they were compiled to.
 *
 * @param repository address of the repository that it is built from, where that is known
 */
export function publishedManifest(
  manifest: Manifest,
  repository?: string,
): Record<string, unknown> {
  const kept = Object.entries(manifest).filter(([name]) => !CHECKOUT_ONLY.includes(name));
  const { [SHARED]: _ofTheCheckout, ...dependencies } = manifest.dependencies;
  return {
    ...Object.fromEntries(kept),
    ...(repository === undefined ? {} : { repository: { type: "git", url: repository } }),
    types: declarationOf(manifest.exports["."] ?? ""),
    bin: mapValues(manifest.bin, (target) => compiled(target).replace(/^\.\//, "")),
    exports: mapValues(manifest.exports, (target) =>
      target.endsWith(".ts") ? { types: declarationOf(target), default: compiled(target) } : target,
    ),
    sideEffects: WITH_EFFECTS,
    dependencies,
    peerDependencies: { [SHARED]: `^${OLDEST_SDK}` },
  };
}

/**
 * The repository that GitHub Actions works in, in npm's form: what the package says must be where its
 * provenance says it was built. Undefined anywhere else.
 */
export function repositoryOf(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env;
  return server && name ? `git+${server}/${name}.git` : undefined;
}

/** Where the declarations of a module in the sources are once it is compiled. */
export function declarationOf(source: string): string {
  return source.replace(/\.ts$/, ".d.ts");
}

function compiled(source: string): string {
  return source.replace(/\.ts$/, ".js");
}

function mapValues<T>(values: Readonly<Record<string, string>>, map: (value: string) => T) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
