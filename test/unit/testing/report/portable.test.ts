/** Results of two machines, or of two runs of one, can be compared. */
import { expect, it } from "vitest";
import { portableCommand, portableText } from "../../../../testing/report/portable.ts";

it.each([
  [
    "process /home/a/.pulumi/versions/3.259.0/bin/pulumi-language-nodejs 127.0.0.1:35559 is left",
    "process ~/.pulumi/versions/3.259.0/bin/pulumi-language-nodejs 127.0.0.1:PORT is left",
  ],
  [
    "node /src/node_modules/@pulumi/pulumi/cmd/run/index.js",
    "node node_modules/@pulumi/pulumi/cmd/run/index.js",
  ],
  ["file /tmp/zbl-test-faults-rueiGj/tmp/ansible/a", "file TRIAL/tmp/ansible/a"],
  ["182d1b876ebd_zbl-test-621def03-api-1 is left", "ID_PROJECT-api-1 is left"],
  [`in use by container "${"0f".repeat(32)}"`, 'in use by container "ID"'],
  ["up ended with 1 after 12 s: api-1 exited (0)", "up ended with 1 after 12 s: api-1 exited (0)"],
])("masks what changes: %s", (text, masked) => {
  expect(portableText(text)).toBe(masked);
});

it("names the files of a command without their folder", () => {
  expect(portableCommand("npm run faults -- --json /tmp/a/ours.json --jobs 3")).toBe(
    "npm run faults -- --json ours.json --jobs 3",
  );
});
