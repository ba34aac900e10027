/** What end-to-end tests leave on a host. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../../testing/folders.ts";

/** The removal of a container, alone or in docker's group of commands for them. */
const REMOVAL = /(?<!"(?:image|volume|stack|network)", )"rm",\s+"--force"(?!,\s+"--volumes")/g;

it("is no volume without a name: whoever removes a container removes those with it", () => {
  const files = globSync("test/e2e/**/*.ts", { cwd: ROOT });
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(REMOVAL)].map(
      ({ index }) => `${file}:${text.slice(0, index).split("\n").length}`,
    );
  });
  expect(found).toEqual([]);
});
