import { z } from "zod";
import { isUrl } from "../../text/url.ts";
import { rsaKeyAsBase64 } from "../config/rsa-key.ts";
import { expectedOneOf } from "./suggest.ts";
import type { VariableType } from "./types.ts";

/** Returns a schema that validates a setting's value and turns it into the text of its variable. */
export function valueSchema(type: VariableType): z.ZodType<string> {
  switch (type.kind) {
    case "text":
      return text(type.minLength ?? 1);
    case "url":
      return text(1).refine((value) => isUrl(value, type.schemes), {
        error: `expected a URL such as ${type.example}`,
      });
    case "integer":
      return number(type.min, type.max, true);
    case "number":
      return number(type.min, type.max, false);
    case "boolean":
      return z
        .boolean({ error: "expected true or false" })
        .transform((value) => (value ? "true" : type.off));
    case "enum":
      return z.enum(type.values as readonly [string, ...string[]], {
        error: ({ input }) => expectedOneOf(type.values, input),
      });
    case "list":
      return list();
    case "rsaKey":
      return rsaKey();
  }
}

function text(minLength: number): z.ZodString {
  const least = minLength === 1 ? "a text that is not empty" : `${minLength} characters or more`;
  return z
    .string({ error: "expected a text" })
    .min(minLength, { error: `expected ${least}` })
    .refine((value) => !value.includes("\0"), {
      error: "expected a text without NUL, which no environment can carry",
    });
}

function number(min: number, max: number, whole: boolean): z.ZodType<string> {
  const error = `expected a ${whole ? "whole number" : "number"} from ${min} to ${max}`;
  const base = whole ? z.int({ error }) : z.number({ error });
  return base
    .min(min, { error })
    .max(max, { error })
    .transform((value) => String(Object.is(value, -0) ? 0 : value));
}

function list(): z.ZodType<string> {
  const error = "expected a text that is not empty and has no comma";
  return z
    .array(
      text(1).refine((value) => !value.includes(","), { error }),
      {
        error: "expected a list of texts",
      },
    )
    .min(1, { error: "expected at least one text" })
    .transform((values) => values.join(","));
}

function rsaKey(): z.ZodType<string> {
  return z.string({ error: "expected a text" }).transform((value, context) => {
    try {
      return rsaKeyAsBase64(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
      return z.NEVER;
    }
  });
}
