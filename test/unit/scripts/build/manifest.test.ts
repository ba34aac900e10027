import { describe, expect, it } from "vitest";
import manifest from "../../../../package.json" with { type: "json" };
import { OLDEST_SDK, publishedManifest, repositoryOf } from "../../../../scripts/build/manifest.ts";

describe("publishedManifest", () => {
  const published = publishedManifest(manifest);

  it("points every entry at compiled files and their types", () => {
    expect(published).toMatchObject({
      name: "z-billing-lago",
      bin: { "z-billing-lago": "src/cli/bin.js" },
      exports: {
        ".": { types: "./src/index.d.ts", default: "./src/index.js" },
        "./package.json": "./package.json",
      },
    });
    expect(JSON.stringify(published)).not.toMatch(/(?<!\.d)\.ts"/);
  });

  it("leaves out what only a checkout needs", () => {
    expect(Object.keys(published)).not.toContain("private");
    expect(Object.keys(published)).not.toContain("scripts");
    expect(Object.keys(published)).not.toContain("devDependencies");
  });

  it("needs what the checkout needs, and shares Pulumi's SDK with the program", () => {
    const { "@pulumi/pulumi": sdk, ...others } = manifest.dependencies;
    expect(published.dependencies).toEqual(others);
    expect(published.peerDependencies).toEqual({ "@pulumi/pulumi": `^${OLDEST_SDK}` });
    expect(sdk.localeCompare(OLDEST_SDK, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
  });

  it("names the repository that a release is built in, and none elsewhere", () => {
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "someone/lago" };
    const url = "git+https://github.com/someone/lago.git";
    expect(repositoryOf(env)).toBe(url);
    expect(publishedManifest(manifest, url).repository).toEqual({ type: "git", url });
    expect(repositoryOf({})).toBeUndefined();
    expect(published).not.toHaveProperty("repository");
  });
});
