/** `init`: creates a stack, from questions or from options. */
import { invalidConfig } from "../../errors.ts";
import { canListen } from "../../observe/port-listeners.ts";
import { AUTO } from "../../spec/wanted-ports.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { answerFault, type InitAnswers, type InitQuestion } from "../init/answers.ts";
import { createStack } from "../init/create-stack.ts";
import { answered, canAsk, promptTheme } from "../prompts.ts";

interface InitOptions extends Omit<InitAnswers, "stack"> {
  readonly cwd: string;
  readonly overwrite?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Prompts a person. */
export interface Asker {
  text(question: InitQuestion, message: string, otherwise: string): Promise<string>;
  yesNo(message: string): Promise<boolean>;
}

const QUESTIONS = [
  ["frontUrl", "Where do browsers reach Lago's front? Empty for localhost at its port", ""],
  ["apiUrl", "Where do browsers and clients reach Lago's API? Empty for localhost at its port", ""],
  ["apiPort", "Host port of the api, or auto for a free one", "3000"],
  ["frontPort", "Host port of the front, or auto for a free one", "80"],
  [
    "organizationName",
    "Name of your organization, which the first start opens. Empty for none",
    "",
  ],
] as const;

/**
 * Creates a stack. Missing options are asked for on a terminal. Without a terminal, and with
 * `--yes`, they keep their defaults.
 *
 * @param asker asks. Defaults to prompts on the terminal, where there is one.
 * @param isFree whether nobody listens on a port of this host
 * @throws DeployError of the kinds that {@link createStack} throws, or of kind `Canceled`
 */
export async function initCommand(
  context: CommandContext,
  stack: string | undefined,
  options: InitOptions,
  asker?: Asker,
  isFree: (port: number) => Promise<boolean> = (port) => canListen("127.0.0.1", port),
): Promise<void> {
  const { output, environment, signal } = context;
  const asking =
    options.yes === true
      ? undefined
      : (asker ?? (canAsk(context) ? await prompts(context) : undefined));
  const answers = await answersOf(stack, options, asking, isFree);
  const { cwd: folder, overwrite = false } = options;
  const created = await createStack({
    stack: answers.stack,
    folder,
    environment,
    signal,
    answers,
    overwrite,
    onNote: (text) => output.note(text),
  });
  const { file, settings, keys } = created;
  output.result(
    options.json === true
      ? JSON.stringify({ stack: answers.stack, ...created })
      : [
          `Stack ${answers.stack} is described in ${file}: ${settings.join(", ") || "all defaults"}.`,
          ...(keys.length === 0
            ? []
            : [
                `Generated, and encrypted in it: ${keys.join(", ")}. Back up the file, and the passphrase with it.`,
              ]),
          `To preview the deployment: ${zbl("preview", answers.stack)}`,
          `To deploy it: ${zbl("up", answers.stack)}`,
        ].join("\n"),
  );
}

async function answersOf(
  stack: string | undefined,
  options: InitOptions,
  asker: Asker | undefined,
  isFree: (port: number) => Promise<boolean>,
): Promise<InitAnswers> {
  if (asker === undefined) {
    if (stack === undefined) {
      const message = "there is no terminal to ask on; name the stack, as in `init dev`";
      throw invalidConfig([{ field: "stack", message }]);
    }
    return { ...options, stack };
  }
  const answers: Record<string, string | boolean | undefined> = { ...options };
  answers.stack = stack ?? (await asker.text("stack", "Name of the stack", "dev"));
  for (const [question, message, otherwise] of QUESTIONS) {
    if (options[question] === undefined) {
      const isPort = question === "apiPort" || question === "frontPort";
      // On an engine elsewhere nobody knows.
      const isHere = !options.dockerHost && !options.dockerContext;
      const isTaken = isPort && isHere && !(await isFree(Number(otherwise)));
      const answer = await asker.text(question, message, isTaken ? AUTO : otherwise);
      // The default stays with the deployment, so that a later change of the default applies.
      answers[question] = answer === otherwise ? undefined : answer;
    }
  }
  const isOpened = Boolean(answers.organizationName);
  if (isOpened && answers.organizationEmail === undefined) {
    const message = "E-mail address that you log in with; the password is generated";
    answers.organizationEmail = await asker.text("organizationEmail", message, "");
  }
  if (isOpened) {
    // Sign-up is closed beside an organization.
    return answers as unknown as InitAnswers;
  }
  answers.disableSignup ??= !(await asker.yesNo("May visitors open an organization of their own?"));
  return answers as unknown as InitAnswers;
}

async function prompts(context: CommandContext): Promise<Asker> {
  const { input, confirm } = await import("@inquirer/prompts");
  const theme = promptTheme(context);
  const unanswered = "No stack was created: the questions were not answered.";
  return {
    text: (question, message, otherwise) => {
      const validate = (answer: string) =>
        (answer === otherwise && question !== "organizationEmail"
          ? undefined
          : answerFault(question, answer)) ?? true;
      const config = {
        message,
        validate,
        theme,
        ...(otherwise === "" ? {} : { default: otherwise }),
      };
      return answered(context, unanswered, (signal) => input(config, { signal }));
    },
    yesNo: (message) =>
      answered(context, unanswered, (signal) =>
        confirm({ message, theme, default: false }, { signal }),
      ),
  };
}
