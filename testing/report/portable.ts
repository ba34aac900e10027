/** Reports without the parts that differ between machines and runs. */

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\S*\/node_modules\//g, "node_modules/"],
  [/\S*\/\.pulumi\//g, "~/.pulumi/"],
  [/\S*\/zbl-test-[a-z]+-\w{6}(?=\/)/g, "TRIAL"],
  [/zbl-test-[0-9a-f]{8}\b/g, "PROJECT"],
  [/\bansible-(tmp|local)-[^/]+/g, "ansible-$1"],
  [/\b[0-9a-f]{12}(?:[0-9a-f]{52})?(?=_|\b)/g, "ID"],
  [/\b127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"],
];

/** Removes machine-specific and run-specific parts from a reason. */
export function portableText(text: string): string {
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), text);
}

/** Removes the folders of output files from a command, so that it can be typed anywhere. */
export function portableCommand(command: string): string {
  return command.replace(/--json \S*\//g, "--json ");
}
