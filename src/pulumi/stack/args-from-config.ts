import * as pulumi from "@pulumi/pulumi";
import { CONFIG_SETTINGS, type StackSettingName } from "../../spec/setting-names.ts";
import { soundStackSettings } from "../../spec/sound.ts";
import type { LagoStackArgs } from "./args.ts";
import { withConfigIssues } from "./config-issues.ts";

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
 * Reads the arguments of a {@link LagoStack} from the stack's config. Each setting has the name of its
 * argument, or that of a field of the argument `config`, such as `apiUrl`. Any other key below the
 * program's name is refused: settings of a program's own go below another name, such as
 * `new Config("billing")`.
 *
 * A setting that is not valid is left out, and its fault is kept with the arguments: the `LagoStack`
 * that gets them, or a copy of them, fails the preview with all such faults and all that it finds itself.
 *
 * @param config the settings' place in the config. Defaults to the program's own.
 */
export function stackArgsFromConfig(config = new pulumi.Config()): LagoStackArgs {
  const stack = pulumi.getStack();
  const prefix = `${config.name}:`;
  const texts = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text] as const);
  const of = { program: config.name, stack };
  const { value: settings, issues } = soundStackSettings(new Map(texts), of);
  const marked = Object.entries(settings).map(
    ([name, value]) => [name, SECRET.has(name) ? pulumi.secret(value) : value] as const,
  );
  const isOfConfig = ([name]: readonly [string, unknown]) => Object.hasOwn(CONFIG_SETTINGS, name);
  const args = {
    projectName: `lago-${stack}`,
    ...Object.fromEntries(marked.filter((entry) => !isOfConfig(entry))),
    config: Object.fromEntries(marked.filter(isOfConfig)),
  };
  return withConfigIssues(args, issues);
}
