import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensurePackages } from "../../../../setup/bootstrap/packages.mjs";
import { packagesMark } from "../../../../setup/bootstrap/state.mjs";

const LOCK = '{ "lockfileVersion": 3, "packages": { "": { "name": "one" } } }';

let folder: string;
let checkout: string;
let shared: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-packages-"));
  checkout = join(folder, "checkout");
  shared = join(folder, "shared");
  mkdirSync(checkout);
  mkdirSync(join(shared, "somebody-needs-this"), { recursive: true });
  symlinkSync(shared, join(checkout, "node_modules"));
  writeFileSync(join(checkout, "package.json"), '{ "name": "one" }');
  writeFileSync(join(checkout, "package-lock.json"), LOCK);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("packages that another checkout has as well, by a link", () => {
  it("are not removed to install others", async () => {
    await expect(ensurePackages(checkout, () => {})).rejects.toThrow(/node_modules is a link/);
    expect(readdirSync(shared)).toEqual(["somebody-needs-this"]);
  });

  it("are used where they are the right ones", async () => {
    writeFileSync(join(shared, ".z-billing-lago-installed"), packagesMark(LOCK));
    await ensurePackages(checkout, () => {});
    expect(readdirSync(shared)).toContain("somebody-needs-this");
  });
});
