import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lookupIn,
  parseProjectEnvFile,
} from "../../../../src/compose/env-file/compose-environment.ts";
import { parseEnvFile } from "../../../../src/compose/env-file/parse.ts";
import { DeployError } from "../../../../src/errors.ts";
import { anyText } from "../../../support/arbitraries.ts";
import {
  ACCEPTED,
  FORMS_ENVIRONMENT,
  REFUSED,
  REFUSED_FOR_PROJECTS,
} from "../../../support/env-file-forms.ts";

const parse = (text: string | Uint8Array, environment = FORMS_ENVIRONMENT) =>
  parseEnvFile(typeof text === "string" ? Buffer.from(text) : text, "a.env", lookupIn(environment));

function refusal(read: () => unknown): DeployError {
  try {
    read();
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("was not refused");
}

describe("parseEnvFile", () => {
  it.each(ACCEPTED)("reads %s", (_, text, values) => {
    expect(Object.entries(parse(text).variables).sort()).toEqual(Object.entries(values).sort());
  });

  it.each(REFUSED)("refuses %s", (_, text, line, words) => {
    const { kind, issues } = refusal(() => parse(text));
    expect(kind).toBe("InvalidConfig");
    expect(issues).toEqual([
      { field: `a.env line ${line}`, message: expect.stringMatching(words) as string },
    ]);
  });

  it.each([
    ["UTF-16 with its mark", Buffer.from("\ufeffA=1\n", "utf16le"), /is UTF-16.*save it as UTF-8/],
    ["UTF-16 without a mark", Buffer.from("A=1\n", "utf16le"), /is UTF-16/],
    ["UTF-16 the other way round", Buffer.from("A=1\n", "utf16le").swap16(), /is UTF-16/],
    ["Latin 1", Buffer.from("A=é\n", "latin1"), /is not UTF-8/],
    ["bytes", Buffer.from([65, 61, 49, 0, 10]), /is not UTF-8/],
  ])("names %s", (_, bytes, words) => {
    expect(refusal(() => parse(bytes)).issues).toEqual([
      { field: "a.env", message: expect.stringMatching(words) as string },
    ]);
  });

  it("tells the line and the references of each variable", () => {
    const { assignments } = parse('\n# x\nA="1\n2"\nB=$A$X${Y}${Y:-1}\nFROM_PROCESS\n');
    expect(assignments).toEqual([
      { name: "A", value: "1\n2", line: 3, references: [], unset: [] },
      { name: "B", value: "1\n21", line: 5, references: ["A", "X", "Y", "Y"], unset: ["X", "Y"] },
      { name: "FROM_PROCESS", value: "process", line: 6, references: [], unset: [] },
    ]);
  });

  it("reads any value in single quotes byte for byte", () => {
    fc.assert(
      fc.property(anyText(), (value) => {
        const inner = value.replaceAll("'", "").replaceAll("\\", "");
        expect(parse(`A='${inner}'\nB=1\n`).variables).toEqual({ A: inner, B: "1" });
      }),
    );
  });

  it("reads or refuses any text, and shows no value when it refuses", () => {
    fc.assert(
      fc.property(anyText(), anyText(), (before, behind) => {
        try {
          parse(`A="pr1vate-value"${before}pr1vate-value\n${behind}`);
        } catch (error) {
          expect(DeployError.isDeployError(error)).toBe(true);
          expect((error as Error).message).not.toContain("pr1vate-value");
        }
      }),
    );
  });

  it("reads large files in no time", () => {
    const lines = 20_000;
    const nested = `N=${"${A:-".repeat(90)}x${"}".repeat(90)}\n`;
    const texts = [
      "A=${B:-x}\n".repeat(lines),
      `A=${"${B-}".repeat(lines)}\n`,
      `A=\${B-${"{".repeat(lines)}}\n`.repeat(10),
      `A="${"\\n".repeat(lines)}"\n`,
      `A=${" ".repeat(lines)}x\n`.repeat(10),
      `A=x${" ".repeat(lines)}\n`.repeat(10),
      nested.repeat(200),
    ];
    const startedAt = performance.now();
    for (const text of texts) {
      parse(text);
    }
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it("refuses braces that are nested too deep", () => {
    const text = `A=${"${A:-".repeat(5000)}${"}".repeat(5000)}\n`;
    expect(refusal(() => parse(text)).message).toContain("a ${ that begins no variable");
  });
});

describe("parseProjectEnvFile", () => {
  it.each([...REFUSED, ...REFUSED_FOR_PROJECTS])("refuses %s", (_, text, line, words) => {
    const read = () => parseProjectEnvFile(Buffer.from(text), "a.env", FORMS_ENVIRONMENT);
    expect(refusal(read).issues).toEqual([
      { field: `a.env line ${line}`, message: expect.stringMatching(words) as string },
    ]);
  });

  it("tells of all variables that no process can have", () => {
    const read = () => parseProjectEnvFile(Buffer.from('=1\nA="\\0000"\n'), "a.env", {});
    expect(refusal(read).issues?.map(({ field }) => field)).toEqual([
      "a.env line 1",
      "a.env line 2",
    ]);
  });
});
