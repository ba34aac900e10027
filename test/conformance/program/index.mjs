// Creates the commands that resources.json lists. The test writes that file anew for each step.
import { readFileSync } from "node:fs";
import command from "@pulumi/command";
import pulumi from "@pulumi/pulumi";

const made = new Map();

for (const { name, args, options = {} } of JSON.parse(readFileSync("resources.json", "utf8"))) {
  const inputs = Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, input(value)]),
  );
  made.set(name, new command.local.Command(name, inputs, options));
}

/** A value of the file as an input: `$secret` makes a secret, `$stdout` names another command. */
function input(value) {
  if (Array.isArray(value)) {
    return value.map(input);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if ("$secret" in value) {
    return pulumi.secret(input(value.$secret));
  }
  if ("$stdout" in value) {
    return made.get(value.$stdout).stdout;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, input(part)]));
}
