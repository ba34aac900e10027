/** What a report says, without what is another one on each machine and in each run. */

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\S*\/node_modules\//g, "node_modules/"],
  [/\S*\/\.pulumi\//g, "~/.pulumi/"],
  [/\S*\/zbl-test-[a-z]+-\w{6}(?=\/)/g, "TRIAL"],
  [/zbl-test-[0-9a-f]{8}\b/g, "PROJECT"],
  [/\bansible-(tmp|local)-[^/]+/g, "ansible-$1"],
  [/\b[0-9a-f]{12}(?:[0-9a-f]{52})?(?=_|\b)/g, "ID"],
  [/\b127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"],
];

/** A reason that reads the same wherever and whenever it came up. */
export function portableText(text: string): string {
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), text);
}

/** A command to be typed anywhere: files that it writes are named without their folder. */
export function portableCommand(command: string): string {
  return command.replace(/--json \S*\//g, "--json ");
}
