/** What compose says of files is asked once for all deployments of them. */
import { expect, it } from "vitest";
import { ComposeReads } from "../../../src/compose/reads.ts";

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
