/** Words of `set` and `unset`. Pure. */
import { invalidConfig } from "../../errors.ts";
import { zbl } from "../../text/zbl.ts";
import { UsageError } from "../usage-error.ts";

/** Words of `set` or `unset`, by their meaning. */
export interface SetWords {
  /** Name of a stack, which need not exist; undefined where the words name none. */
  readonly stack: string | undefined;
  /** Name of a setting, which may be unknown. */
  readonly name: string;
  readonly value: string | undefined;
}

/** Names that a word may be. */
export interface KnownNames {
  isStack(word: string): boolean;
  isSetting(word: string): boolean;
}

/**
 * Tells the meaning of `[STACK] NAME [VALUE]`. Of two words the first is the name of a setting
 * where it is one, unless it is also a stack and the second word is a setting.
 *
 * @param command name of the command, for messages
 * @param named stack of the option `--stack`
 * @throws DeployError of kind `InvalidConfig` where no setting is named, or too much is
 */
export function setWords(
  command: "set" | "unset",
  words: readonly string[],
  named: string | undefined,
  known: KnownNames,
): SetWords {
  const [first = "", second = "", third] = words;
  const refuse = (field: string, message: string) => invalidConfig([{ field, message }]);
  if (words.length > 3) {
    throw refuse(
      command,
      "takes a stack, a setting and a value; put a value with spaces in quotes",
    );
  }
  if (named !== undefined) {
    if (third !== undefined) {
      throw refuse(first, "names a stack, and --stack names one already. Give one of them");
    }
    return { stack: named, name: first, value: words[1] };
  }
  if (third !== undefined) {
    return { stack: first, name: second, value: third };
  }
  if (words.length < 2) {
    if (known.isStack(first) && !known.isSetting(first)) {
      throw new UsageError(
        `name a setting behind the stack, as in \`${zbl(command, first, "version")}\`. \`${zbl("config", first)}\` lists those that are set.`,
      );
    }
    return { stack: undefined, name: first, value: undefined };
  }
  const isName = known.isSetting(first) && !(known.isStack(first) && known.isSetting(second));
  return !isName && (known.isStack(first) || known.isSetting(second))
    ? { stack: first, name: second, value: undefined }
    : { stack: undefined, name: first, value: second };
}
