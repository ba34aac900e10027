/** Each contender does the work that makes sense for it, and is not asked for any other. */
import { expect, it } from "vitest";
import { CONTENDERS } from "../../../../bench/contenders/index.ts";
import { WORK } from "../../../../bench/life/work.ts";

it.each([
  ["floor", ["start", "nothing", "preview", "destroy"]],
  ["raw", WORK.map(({ id }) => id).filter((id) => id !== "npm-start")],
  ["ours", WORK.map(({ id }) => id)],
])("is done by %s: %j", (name, ids) => {
  const contender = CONTENDERS.find(({ subject }) => subject.name === name);
  const done = WORK.filter(({ isFor }) => contender !== undefined && isFor(contender));
  expect(done.map(({ id }) => id)).toEqual(ids);
});

it("has `npm start` right after the no-op that it is compared with", () => {
  const ids = WORK.map(({ id }) => id);
  expect(ids.indexOf("npm-start")).toBe(ids.indexOf("nothing") + 1);
});
