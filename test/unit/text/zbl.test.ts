import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { zbl, zblProgram } from "../../../src/text/zbl.ts";

const CHECKOUT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

describe("a command of the command line", () => {
  it("is the link of the checkout in the checkout itself", () => {
    expect(zblProgram(CHECKOUT)).toBe("./zbl");
    expect(zbl("status", "prod")).toBe("./zbl status prod");
  });

  it("is the program of the package in any other folder", () => {
    expect(zblProgram("/srv/billing")).toBe("npx zbl");
  });

  it("quotes a word that a shell would split or change", () => {
    expect(zbl("logs", "it's", "$HOME")).toBe("./zbl logs 'it'\\''s' '$HOME'");
  });
});
