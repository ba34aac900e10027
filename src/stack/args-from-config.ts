import * as pulumi from "@pulumi/pulumi";
import type { LagoStackArgs } from "./args.ts";
import { CONFIG_SETTINGS, type StackSettingName } from "./setting-names.ts";
import { shown } from "./shown.ts";
import { readStackSettings } from "./stack-settings.ts";

/** Settings that are secrets, or may have some in them, however they were set. */
const SECRET: ReadonlySet<string> = new Set<StackSettingName>([
  "settings",
  "environment",
  "databaseUrl",
  "redisUrl",
  "secretKeyBase",
  "rsaPrivateKey",
  "apiKey",
]);

/**
 * The arguments of a {@link LagoStack} as a stack's config gives them, by the names of the arguments, and
 * by `apiUrl` and so on for what its `config` has. All that the config has below the program's name has to
 * be a setting: whatever else a program reads from it goes below another name, such as
 * `new Config("billing")`.
 *
 * @param config whose name stands before the settings' own. Defaults to the program's.
 * @throws RunError, which Pulumi shows without a stack trace, that names every setting that is not valid
 */
export function stackArgsFromConfig(config = new pulumi.Config()): LagoStackArgs {
  const stack = pulumi.getStack();
  const prefix = `${config.name}:`;
  const texts = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text] as const);
  const settings = shown(() => readStackSettings(new Map(texts), { program: config.name, stack }));
  const marked = Object.entries(settings).map(
    ([name, value]) => [name, SECRET.has(name) ? pulumi.secret(value) : value] as const,
  );
  const isOfConfig = ([name]: readonly [string, unknown]) => Object.hasOwn(CONFIG_SETTINGS, name);
  return {
    projectName: `lago-${stack}`,
    ...Object.fromEntries(marked.filter((entry) => !isOfConfig(entry))),
    config: Object.fromEntries(marked.filter(isOfConfig)),
  };
}
