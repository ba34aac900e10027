import { describe, expect, it } from "vitest";
import { onlyWhatAnswers } from "../../../../bench/stacks/document.ts";
import { lagoDocument } from "../../../../testing/world/compose-file.ts";

describe("many stacks", () => {
  it("have what the api needs, and no service that waits for one that is left out", () => {
    const document = lagoDocument();
    onlyWhatAnswers(document);
    const names = Object.keys(document.services);
    expect(names.sort()).toEqual(["api", "db", "migrate", "redis"]);
    for (const { depends_on: waitsFor } of Object.values(document.services)) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(waitsFor ?? {})));
    }
  });
});
