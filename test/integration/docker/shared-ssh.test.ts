import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sharedSshFolder } from "../../../src/docker/shared-ssh.ts";
import { run } from "../../../src/process/run.ts";

function base(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const nameOf = (folder: string) => join(folder, `z-billing-lago-ssh-${process.getuid?.()}`);

describe("an ssh that shares its connection", () => {
  it("is in a folder that nobody else gets into", () => {
    const folder = sharedSshFolder(base());
    expect(statSync(folder ?? "").mode & 0o777).toBe(0o700);
    expect(statSync(join(folder ?? "", "ssh")).mode & 0o777).toBe(0o700);
  });

  it("is the same one the next time, and put right where it was changed", () => {
    const place = base();
    const folder = sharedSshFolder(place) ?? "";
    const script = readFileSync(join(folder, "ssh"), "utf8");
    writeFileSync(join(folder, "ssh"), "changed");
    expect(sharedSshFolder(place)).toBe(folder);
    expect(readFileSync(join(folder, "ssh"), "utf8")).toBe(script);
  });

  it("asks the next ssh on the PATH, with what it was asked for", async () => {
    const place = base();
    const folder = sharedSshFolder(place) ?? "";
    const real = join(place, "bin");
    mkdirSync(real);
    writeFileSync(join(real, "ssh"), '#!/bin/sh\nprintf "%s|" "$PATH" "$@"\n');
    chmodSync(join(real, "ssh"), 0o755);
    const { stdout } = await run("ssh", ["-l", "root", "--", "a b"], {
      env: { PATH: `${folder}:${real}` },
      timeoutMs: 10_000,
    });
    const [path, ...args] = stdout.split("|").slice(0, -1);
    expect(path).toBe(real);
    expect(args).toEqual([
      ...["-o", "ControlMaster=auto", "-o", "ControlPersist=20", "-o", `ControlPath=${folder}/%C`],
      ...["-l", "root", "--", "a b"],
    ]);
  });

  it("is done without where the folder is somebody else's, or open to others, or a link", () => {
    const open = base();
    mkdirSync(nameOf(open));
    chmodSync(nameOf(open), 0o755);
    expect(sharedSshFolder(open)).toBeUndefined();
    const linked = base();
    mkdirSync(join(linked, "elsewhere"), { mode: 0o700 });
    symlinkSync(join(linked, "elsewhere"), nameOf(linked));
    expect(sharedSshFolder(linked)).toBeUndefined();
    expect(sharedSshFolder(join(base(), "a".repeat(40)))).toBeUndefined();
    expect(sharedSshFolder("/dev/null")).toBeUndefined();
  });
});
