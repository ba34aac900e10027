/**
 * Source of the package's README, from the repository's folder. The checkout's own README has links
 * and commands that only the checkout has.
 */
export const README_SOURCE = "docs/package-readme.md";

/**
 * Turns {@link README_SOURCE} into the README of the package: links start from the package's folder,
 * and comments for this repository's tests are left out.
 */
export function packageReadme(source: string): string {
  return source.replace(/^<!-- .* -->\n/gm, "").replaceAll("](../", "](");
}
