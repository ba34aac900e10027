import { describe, expect, it } from "vitest";
import { setWords } from "../../../../src/cli/commands/set-words.ts";
import { namedSetting } from "../../../../src/cli/set/named-setting.ts";

const KNOWN = {
  isStack: (word: string) => ["dev", "prod", "version"].includes(word),
  isSetting: (word: string) => namedSetting(word) !== undefined,
};

const meaning = (words: readonly string[], named?: string) => setWords("set", words, named, KNOWN);

describe("the words of set and unset", () => {
  it.each<[string[], string | undefined, string, string | undefined]>([
    [["ports.api"], undefined, "ports.api", undefined],
    [["prod", "ports.api"], "prod", "ports.api", undefined],
    [["ports.api", "3100"], undefined, "ports.api", "3100"],
    [["prod", "ports.api", "3100"], "prod", "ports.api", "3100"],
    [["prdo", "ports.api"], "prdo", "ports.api", undefined],
    [["prod", "protekt"], "prod", "protekt", undefined],
    [["protekt", "true"], undefined, "protekt", "true"],
    [["restartToken", "prod"], undefined, "restartToken", "prod"],
    [["version", "v1.50.0"], undefined, "version", "v1.50.0"],
    [["version", "ports.api"], "version", "ports.api", undefined],
  ])("%j are told apart", (words, stack, name, value) => {
    expect(meaning(words)).toEqual({ stack, name, value });
  });

  it("have no stack among them where an option names one", () => {
    expect(meaning(["ports.api", "3100"], "prod")).toEqual({
      stack: "prod",
      name: "ports.api",
      value: "3100",
    });
    expect(() => meaning(["dev", "ports.api", "3100"], "prod")).toThrow(/--stack names one/);
  });

  it("are refused where no setting is named, or a value is not in quotes", () => {
    expect(() => meaning(["prod"])).toThrow(
      "name a setting behind the stack, as in `./zbl set prod version`",
    );
    expect(() => meaning(["prod", "mail.from", "My", "name"])).toThrow("in quotes");
  });
});
