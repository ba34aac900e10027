import * as pulumi from "@pulumi/pulumi";
import type { ConfigFieldName } from "../../lago/config/fields.ts";
import { type ArgumentName, isConfigField, stackSettingOf } from "../../spec/names.ts";
import type { NoName } from "../../spec/settings.ts";
import { soundStackSettings } from "../../spec/sound.ts";
import type { LagoStackArgs, LagoStackConfig } from "./args.ts";
import { withConfigIssues } from "./config-issues.ts";

/**
 * Name of an argument, or of a field of the argument `config`. Does not compile if the table of
 * settings has other names.
 */
type ArgumentOrField =
  | ArgumentName
  | ConfigFieldName
  | NoName<Exclude<keyof LagoStackArgs, ArgumentName | "config">>
  | NoName<Exclude<ArgumentName, keyof LagoStackArgs>>
  | NoName<Exclude<keyof LagoStackConfig, ConfigFieldName>>
  | NoName<Exclude<ConfigFieldName, keyof LagoStackConfig>>;

/**
 * Reads the arguments of a {@link LagoStack} from the stack's config. Each setting has the name of
 * its argument, or of a field of the argument `config`, such as `apiUrl`. Other keys below the
 * program's name are refused. A program's own settings go below another name, such as `new
 * Config("billing")`.
 *
 * An invalid setting is left out, and its fault is kept with the arguments. The `LagoStack` that
 * gets the arguments, or a copy of them, then fails the preview with all such faults and its own.
 *
 * @param config the settings' place in the config. Defaults to the program's own.
 */
export function lagoArgsFromConfig(config = new pulumi.Config()): LagoStackArgs {
  const stack = pulumi.getStack();
  const prefix = `${config.name}:`;
  const texts = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text] as const);
  const of = { program: config.name, stack };
  const { value: settings, issues } = soundStackSettings(new Map(texts), of);
  const entries = Object.entries(settings) as [ArgumentOrField, unknown][];
  // Always a secret, even if it was set as plain text.
  const marked = entries.map(
    ([name, value]) => [name, stackSettingOf(name).secret ? pulumi.secret(value) : value] as const,
  );
  const isField = ([name]: readonly [string, unknown]) => isConfigField(name);
  const args = {
    ...Object.fromEntries(marked.filter((entry) => !isField(entry))),
    config: Object.fromEntries(marked.filter(isField)),
  };
  return withConfigIssues(args, issues);
}
