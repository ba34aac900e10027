/** `config`: prints the settings that a start would use, and the origin of each. */
import {
  type EffectiveSetting,
  effectiveSettings,
  type Origin,
} from "../../deployment/effective-settings.ts";
import { cleanText } from "../../text/clean.ts";
import { table } from "../../text/table.ts";
import type { CommandContext } from "../command-context.ts";
import { stackOrDescription } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import type { Color, Screen } from "../output/screen.ts";
import { targetDeployment } from "../target-deployment.ts";

interface ConfigOptions extends NamedTarget {
  readonly json?: boolean;
}

const HEADER = ["NAME", "VALUE", "ORIGIN", "SETTING"];
const [VALUE, ORIGIN, SETTING] = [1, 2, 3];

const COLORS: Partial<Record<Origin, Color>> = { given: "green", generated: "yellow" };

/** Prints the settings of a stack, or of the deployment that the options name. Changes nothing. */
export async function configCommand(
  context: CommandContext,
  word: string | undefined,
  options: ConfigOptions,
): Promise<void> {
  const { deployment, known } = await subject(context, word, options);
  const settings = await effectiveSettings(deployment, known);
  context.output.result(
    options.json === true
      ? JSON.stringify({ project: deployment.project.name, settings })
      : configText(settings, context.screens.stdout),
  );
}

async function subject(context: CommandContext, word: string | undefined, options: ConfigOptions) {
  const { environment, signal, output } = context;
  const target = await stackOrDescription(context, options, word);
  if (target === undefined) {
    const onProgress = ({ message }: { message: string }) => output.note(message);
    const deployment = await targetDeployment(options, environment, { signal, onProgress });
    const derived = options.project === undefined ? ["projectName"] : [];
    return { deployment, known: { derived } };
  }
  const { readStackConfig } = await import("../../pulumi/cli/stack-config.ts");
  const { deploymentOfStack } = await import("../../pulumi/cli/stack-deployment.ts");
  const config = await readStackConfig(target);
  return deploymentOfStack(config, target.stack, target.folder, { signal });
}

/** Formats the settings as a table that fits the screen. */
export function configText(settings: readonly EffectiveSetting[], screen: Screen): string {
  const rows = settings.map(({ name, value, origin, setting = "" }) => [
    name,
    // One line per setting, also for a value of several lines.
    cleanText(value).replaceAll("\n", "\\n") || '""',
    origin,
    setting,
  ]);
  return table(HEADER, rows, {
    maxWidth: screen.width(),
    givesWay: [SETTING, VALUE],
    cut: screen.isUnicode ? "…" : "~",
    paint: (cell, row, column) => {
      const setting = settings[row];
      if (setting === undefined) {
        return screen.paint("bold", cell);
      }
      const color = column === ORIGIN ? COLORS[setting.origin] : undefined;
      return color === undefined ? cell : screen.paint(color, cell);
    },
  });
}
