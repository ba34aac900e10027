/** Names that Lago does not read, in files that take their values themselves. */
import { describe, expect, it } from "vitest";
import { type Judged, judge, names } from "../subject.ts";

const found = (change: Judged) =>
  names(judge(change)).filter((name) => name.startsWith("without-effect:"));

describe("a name that has no effect in Lago's own file", () => {
  it.each([
    ["RSA_PRIVATE_KEY", "api", "LAGO_RSA_PRIVATE_KEY"],
    ["REDIS_CACHE_URL", "api", "LAGO_REDIS_CACHE_URL"],
    ["API_URL", "front", "API_URL"],
    ["RAILS_ENV", "api", "RAILS_ENV"],
  ])("%s has one where the file takes the value for %s's %s", (name, service, inside) => {
    const services = { [service]: { environment: { [inside]: `\${${name}}` } } };
    const variables = { [name]: "https://billing.acme.com" };
    expect(found({ services, variables })).toEqual([]);
    expect(found({ services, variables, source: "stack" })).toEqual([]);
    expect(found({ variables })).toEqual([`without-effect:${name}`]);
  });

  it("has none where the file hands on a name that nothing reads", () => {
    const services = { api: { environment: { SIDEKIQ_PDF: "${SIDEKIQ_PDF}" } } };
    expect(found({ services, variables: { SIDEKIQ_PDF: "true" } })).toEqual([
      "without-effect:SIDEKIQ_PDF",
    ]);
  });
});
