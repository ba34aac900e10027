import { describe, expect, it } from "vitest";
import { packagesMark, toolsFolder } from "../../../../setup/bootstrap/state.mjs";

describe("packagesMark", () => {
  const mark = packagesMark("{}", "linux", "x64");

  it("is the same for the same lock file on the same kind of machine", () => {
    expect(packagesMark(Buffer.from("{}"), "linux", "x64")).toBe(mark);
  });

  it.each([
    ["the lock file", packagesMark("{ }", "linux", "x64")],
    ["the system", packagesMark("{}", "darwin", "x64")],
    ["the processor", packagesMark("{}", "linux", "arm64")],
  ])("differs when %s does", (_, other) => {
    expect(other).not.toBe(mark);
  });
});

describe("toolsFolder", () => {
  it("lies in the home folder unless another is named", () => {
    expect(toolsFolder({}, "/home/ada")).toBe("/home/ada/.z-billing-lago");
    expect(toolsFolder({ Z_BILLING_LAGO_HOME: "" }, "/home/ada")).toBe("/home/ada/.z-billing-lago");
    expect(toolsFolder({ Z_BILLING_LAGO_HOME: "/opt/zbl" }, "/home/ada")).toBe("/opt/zbl");
  });

  it("does not depend on the folder that a later step works in", () => {
    expect(toolsFolder({ Z_BILLING_LAGO_HOME: "zbl" }, "/home/ada")).toBe(`${process.cwd()}/zbl`);
  });
});
