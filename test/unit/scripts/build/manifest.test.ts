import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import manifest from "../../../../package.json" with { type: "json" };
import { OLDEST_SDK, publishedManifest, repositoryOf } from "../../../../scripts/build/manifest.ts";
import { ACTIONLINT_VERSION } from "../../../../scripts/checks/workflows.ts";
import { VERSITYGW_VERSION } from "../../../../scripts/setup/s3-server-paths.ts";

const goModule = (name: string) =>
  readFileSync(new URL(`../../../../scripts/setup/go/${name}/go.mod`, import.meta.url), "utf8");

describe("what is built from source", () => {
  it("is the version of the CLI that package.json names", () => {
    const version = manifest.devDependencies.pulumi;
    expect(goModule("pulumi")).toContain(`require github.com/pulumi/pulumi/pkg/v3 v${version}\n`);
  });

  it("is the linter's release that its program is kept by", () => {
    const required = `require github.com/rhysd/actionlint v${ACTIONLINT_VERSION}\n`;
    expect(goModule("actionlint")).toContain(required);
  });

  it("is the S3-compatible server's release that its program is kept by", () => {
    const required = `require github.com/versity/versitygw v${VERSITYGW_VERSION}\n`;
    expect(goModule("versitygw")).toContain(required);
  });

  it("is one version with the SDK that the program uses", () => {
    expect(manifest.devDependencies.pulumi).toBe(manifest.dependencies["@pulumi/pulumi"]);
  });
});

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
