/** Numbers on the command line. */
import { InvalidArgumentError } from "commander";

/** Parses a whole number, 0 or more. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError("expected a whole number.");
  }
  return Number(text);
}

/** Parses a whole number, 1 or more. */
export function count(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) {
    throw new InvalidArgumentError("expected a whole number, 1 or more.");
  }
  return number;
}

/** Parses an interval in seconds, 0.1 to 86400. */
export function intervalSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds < 0.1 || seconds > 86_400) {
    throw new InvalidArgumentError("expected seconds, 0.1 to 86400.");
  }
  return seconds;
}
