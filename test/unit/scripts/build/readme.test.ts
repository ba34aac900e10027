import { expect, it } from "vitest";
import { packageReadme } from "../../../../scripts/build/readme.ts";

it("makes links start from the package's folder, and leaves marks for tests out", () => {
  const source = "See [changes](../CHANGELOG.md).\n\n<!-- run by a test -->\n```sh\nnpx zbl\n```\n";
  expect(packageReadme(source)).toBe("See [changes](CHANGELOG.md).\n\n```sh\nnpx zbl\n```\n");
});
