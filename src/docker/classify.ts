import type { DeployErrorKind } from "../errors.ts";
import { FAILURE_PATTERNS } from "./failure-patterns.ts";

/** Meaning of a failed docker command. */
export interface Classification {
  readonly kind: DeployErrorKind;
  /** Cause and next step, to follow the name of the operation. */
  readonly advice: string;
  /** The image at fault, where docker names it. */
  readonly image?: string;
  /** The service at fault, where compose names it. */
  readonly service?: string;
}

/** Finds the kind of failure in the output of docker or compose. */
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
    advice: known.advice
      .replaceAll("IMAGE", image ?? "IMAGE")
      .replaceAll("NAME", known.pattern.exec(stderr)?.groups?.name ?? "NAME"),
    ...(image === undefined ? {} : { image }),
    ...(service === undefined ? {} : { service }),
  };
}

/** Messages of compose about an unhealthy dependency or a failed one-shot. */
const SERVICE_FAILED = /dependency failed to start|didn't complete successfully/;

/**
 * Whether the output of a failed command names the cause. Otherwise a service's state and log do.
 */
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
