/** Fields of the root package.json that the published package also needs. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

/** Fields that matter only in a checkout. */
const CHECKOUT_ONLY = ["private", "scripts", "devDependencies"];

/**
 * Pulumi's SDK, a peer dependency: two copies of it in one program would each know only half of its
 * resources.
 */
const SHARED = "@pulumi/pulumi";

/** Oldest supported release of the SDK; newer ones of 3 are supported too. The tests use both. */
export const OLDEST_SDK = "3.233.0";

/** Modules with side effects when loaded; bundlers may leave out any other. */
const WITH_EFFECTS = ["./src/cli/bin.js", "./src/pulumi/stack/providers.js"];

/**
 * Creates the package.json of the published package. The checkout's own points to TypeScript
 * sources, which Node does not run inside node_modules; this one points to the compiled files.
 *
 * @param repository address of the source repository, if known
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
 * Repository of the GitHub Actions job, in npm's form: the package has to name the repository in
 * its provenance. Undefined anywhere else.
 */
export function repositoryOf(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env;
  return server && name ? `git+${server}/${name}.git` : undefined;
}

/** Path of a source module's declarations after compilation. */
export function declarationOf(source: string): string {
  return source.replace(/\.ts$/, ".d.ts");
}

function compiled(source: string): string {
  return source.replace(/\.ts$/, ".js");
}

function mapValues<T>(values: Readonly<Record<string, string>>, map: (value: string) => T) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
