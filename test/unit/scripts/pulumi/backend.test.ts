import { describe, expect, it } from "vitest";
import { chooseBackend, isLocal, localBackendUrl } from "../../../../scripts/pulumi/backend.ts";

describe("chooseBackend", () => {
  const login = "https://pulumi.example";

  it.each([
    [{ PULUMI_BACKEND_URL: "s3://b", PULUMI_ACCESS_TOKEN: "t" }, login, "PULUMI_BACKEND_URL"],
    [{ PULUMI_ACCESS_TOKEN: "t" }, login, "pulumi login"],
    [{ PULUMI_ACCESS_TOKEN: "t" }, "", "PULUMI_ACCESS_TOKEN"],
    [{ PULUMI_BACKEND_URL: "" }, "", "default"],
  ])("with %j and login %j takes what %s says", (env, loggedInTo, chosenBy) => {
    expect(chooseBackend(env, loggedInTo).chosenBy).toBe(chosenBy);
  });

  it("wants a passphrase for files only", () => {
    expect(isLocal(chooseBackend({}, ""))).toBe(true);
    expect(isLocal(chooseBackend({}, "file:///srv/state"))).toBe(true);
    expect(isLocal(chooseBackend({}, login))).toBe(false);
    expect(isLocal(chooseBackend({ PULUMI_ACCESS_TOKEN: "t" }, ""))).toBe(false);
  });
});

describe("localBackendUrl", () => {
  it("is Pulumi's own name for it, or names the home that HOME does", () => {
    expect(localBackendUrl("/home/ada", "/home/ada")).toBe("file://~");
    expect(localBackendUrl("/srv/new home", "/home/ada")).toBe("file:///srv/new%20home");
  });
});
