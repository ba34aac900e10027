import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { ROOT } from "../../../testing/folders.ts";
import { ACTIONLINT_VERSION } from "../../../testing/tools/actionlint.ts";
import { VERSITYGW_VERSION } from "../../../testing/tools/s3-server-paths.ts";

const goModule = (name: string, folder = "testing/tools") =>
  readFileSync(join(ROOT, folder, "go", name, "go.mod"), "utf8");

describe("what is built from source", () => {
  it("is the version of the CLI that package.json names", () => {
    const version = manifest.devDependencies.pulumi;
    expect(goModule("pulumi", "setup")).toContain(
      `require github.com/pulumi/pulumi/pkg/v3 v${version}\n`,
    );
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
