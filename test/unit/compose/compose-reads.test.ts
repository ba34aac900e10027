/** What compose says of files is asked once for all deployments of them. */
import { expect, it } from "vitest";
import { ComposeReads } from "../../../src/compose/compose-reads.ts";

it("asks a question once, and another one for itself", async () => {
  const reads = new ComposeReads();
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return asked;
  };
  expect(await Promise.all([reads.once(["a", [1]], ask), reads.once(["a", [1]], ask)])).toEqual([
    1, 1,
  ]);
  expect(await reads.once(["a", [2]], ask)).toBe(2);
  expect(await reads.once(["a", [1]], ask)).toBe(1);
});

it("asks again what could not be answered", async () => {
  const reads = new ComposeReads();
  await expect(
    reads.once(["a"], async () => {
      throw new Error("not now");
    }),
  ).rejects.toThrow("not now");
  expect(await reads.once(["a"], async () => "now")).toBe("now");
});

it("hands shared answers on to another program, and no others", async () => {
  const reads = new ComposeReads();
  await reads.once(["secret"], async () => "hunter2");
  await reads.shared(["version"], async () => "2.26.1");
  expect(JSON.stringify(reads.answers)).not.toContain("hunter2");
  const other = new ComposeReads(JSON.parse(JSON.stringify(reads.answers)));
  const ask = async (): Promise<string> => expect.unreachable("asked again");
  expect(await other.shared(["version"], ask)).toBe("2.26.1");
  expect(await other.shared(["another"], async () => "asked")).toBe("asked");
});
