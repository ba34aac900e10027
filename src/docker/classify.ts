import type { DeployErrorKind } from "../errors.ts";
import { FAILURE_PATTERNS } from "./failure-patterns.ts";

/** What a failed docker command means. */
export interface Classification {
  readonly kind: DeployErrorKind;
  /** What happened and what to do next, for the words that follow the operation's name. */
  readonly advice: string;
  /** The image at fault, where docker names it. */
  readonly image?: string;
  /** The service at fault, where compose names it. */
  readonly service?: string;
}

/** Finds the kind of failure in what docker or compose printed. */
export function classifyFailure(stderr: string): Classification {
  const known = FAILURE_PATTERNS.find(({ pattern }) => pattern.test(stderr));
  if (known === undefined) {
    return {
      kind: "CommandFailed",
      advice:
        "docker compose failed; its own message follows. Correct what the message names, then run the same command again.",
    };
  }
  const image = imageIn(stderr);
  const service = serviceIn(stderr);
  return {
    kind: known.kind,
    advice: known.advice.replaceAll("IMAGE", image ?? "IMAGE"),
    ...(image === undefined ? {} : { image }),
    ...(service === undefined ? {} : { service }),
  };
}

/** Compose's words where a service that others wait for is not well, or a one-shot has failed. */
const SERVICE_FAILED = /dependency failed to start|didn't complete successfully/;

/** Whether a failed command's words name the cause, and do not leave the cause to a service's state and log. */
export function namesCause(stderr: string): boolean {
  return stderr !== "" && !SERVICE_FAILED.test(stderr);
}

/** Where docker's messages name an image; a name starts and ends with a letter or digit. */
const IMAGE_PATTERNS = [
  /failed to resolve reference "(?<image>[\w./:@-]+)"/i,
  /manifest for (?<image>[\w./:@-]+) not found/i,
  /no such image: (?<image>[\w./:@-]*\w)/i,
  /pull access denied for (?<image>[\w./:@-]*\w)/i,
  /^\W*Image (?<image>[\w./:@-]+) (?:Error|failed)/im,
  /https:\/\/(?<host>[\w.:-]+)\/v2\/(?<name>[\w./-]+)\/manifests\/(?<tag>[\w.:-]*\w)/i,
];

function imageIn(text: string): string | undefined {
  for (const pattern of IMAGE_PATTERNS) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) {
      const { image, host, name, tag = "" } = groups;
      const found = image ?? `${host}/${name}${tag.includes(":") ? "@" : ":"}${tag}`;
      // As compose files say it: Docker Hub, and its own corner there, go without saying.
      return found.replace(/^(registry-1\.)?docker\.io\/(library\/)?/, "");
    }
  }
  return undefined;
}

/** Compose up to 2.40 says ` api Error …` of a service whose image it cannot pull. */
function serviceIn(text: string): string | undefined {
  return /^[^\w\n]*(?!Image |Container |Network |Volume )([\w.-]+) Error(?: |$)/m.exec(text)?.[1];
}
