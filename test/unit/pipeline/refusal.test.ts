import { describe, expect, it } from "vitest";
import { isRefusal, plainError } from "../../../src/pipeline/refusal.ts";

describe("an error of a preview", () => {
  it.each([
    "pulumi-nodejs:dynamic/lago:Project resource 'lago-project' has a problem: InvalidConfig: pullPolicy: Invalid option",
    'error serializing property "spec": UnsafeConfig: 1 setting is not safe',
    "Running program '/x/index.ts' failed with an unhandled exception:\nError: boom",
    "getting stack configuration: invalid YAML file: yaml: line 2: did not find expected node",
    "no stack named 'nope' found",
  ])("refuses what is to be deployed: %s", (error) => {
    expect(isRefusal([error])).toBe(true);
  });

  it.each([
    "DaemonUnreachable: the Docker engine does not answer",
    "getting stack configuration: get stack secrets manager: incorrect passphrase",
    'unable to open state directory "file:///nowhere": no such file or directory',
  ])("is a failure of what is around it: %s", (error) => {
    expect(isRefusal([error])).toBe(false);
  });

  it("is shown without what Pulumi was about to write", () => {
    const error =
      'error serializing property "outputs": error serializing property "spec": UnsafeConfig: no';
    expect(plainError(error)).toBe("UnsafeConfig: no");
    const reason = "project lago is refused for 2 reasons:\n  - UnsafeConfig: no";
    const resource = "pulumi-nodejs:dynamic/lago:Project resource 'lago-project' has a problem: ";
    expect(plainError(resource + reason)).toBe(reason);
  });
});
