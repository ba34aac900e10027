import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { FOREIGN_COMMANDS, foreignHint } from "../../../src/cli/foreign-commands.ts";
import { createProgram } from "../../../src/cli/program.ts";
import { ROOT } from "../../../testing/folders.ts";
import { testContext } from "../../support/command-context.ts";

const program = createProgram(testContext().context);

const find = (parent: Command, word = "") =>
  parent.commands.find((one) => one.name() === word || one.aliases().includes(word));

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

describe.each(Object.entries(FOREIGN_COMMANDS))("%s", (name, hint) => {
  it("is no command of this program", () => {
    const [first, second] = name.split(" ");
    const known = find(program, first);
    expect(second === undefined ? known : known && find(known, second)).toBeUndefined();
  });

  it("is answered with commands that exist, with options that exist", () => {
    for (const [, words = ""] of hint.matchAll(/\{([^}]+)\}/g)) {
      const [first = "", ...rest] = words.split(" ");
      const group = find(program, first);
      expect(group, first).toBeDefined();
      const command = group?.commands.length ? (find(group, rest[0]) ?? group) : group;
      const options = ["--help", ...(command?.options.map(({ long }) => long) ?? [])];
      // Words behind the first belong to another program, as in `exec db psql --username lago`.
      const given = [rest[0], rest.at(command === group ? 0 : 1)].filter((one) =>
        one?.startsWith("--"),
      );
      expect(options).toEqual(expect.arrayContaining(given));
    }
  });

  it("is answered with pages and headings that exist", () => {
    for (const [, page = "", anchor] of hint.matchAll(/(docs\/[\w-]+\.md)(?:#([\w-]+))?/g)) {
      expect(existsSync(join(ROOT, page)), page).toBe(true);
      const headings = readFileSync(join(ROOT, page), "utf8").matchAll(/^#+ (.*)$/gm);
      const anchors = [...headings].map(([, heading = ""]) => anchorOf(heading));
      expect(anchor === undefined ? [anchor] : anchors).toContain(anchor);
    }
  });

  it("is answered with a command or a page, in one line", () => {
    expect(hint).toMatch(/`[^`]+`|docs\//);
    expect(hint).not.toContain("\n");
  });
});

it("gives commands that run when they are pasted", () => {
  expect(foreignHint(["deploy"], true)).toEqual({
    name: "deploy",
    hint: "`./zbl up` deploys a stack.",
  });
  expect(foreignHint(["stack", "ls"], true)?.name).toBe("stack ls");
  expect(foreignHint(["stack", "lss"], true)?.name).toBe("stack");
});

it("is asked for two words behind a command of this program", () => {
  expect(foreignHint(["config", "set", "a"], false)?.name).toBe("config set");
  expect(foreignHint(["top"], false)).toBeUndefined();
  expect(foreignHint(["constructor"], true)).toBeUndefined();
});
