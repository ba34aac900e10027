/** Formats figures for people. */
import { summaryOf } from "../statistics.ts";
import type { Unit } from "../suite.ts";
import type { Measured } from "./result.ts";

const MS_PER_SECOND = 1_000;
const BYTES_PER_MEGABYTE = 1_000_000;

/** Display unit of each unit. */
const SHOWN_IN: Readonly<Record<Unit, string>> = { ms: "s", bytes: "MB", count: "" };

/** Title of a piece of work with the display unit of its figures. */
export function titleWithUnit({ title, unit }: { title: string; unit: Unit }): string {
  return unit === "count" ? title : `${title}, ${SHOWN_IN[unit]}`;
}

/** Formats a figure without its unit: seconds, to the millisecond below 1 s; or megabytes. */
export function figure(value: number, unit: Unit): string {
  if (unit === "count") {
    return String(Number(value.toFixed(1)));
  }
  if (unit === "bytes") {
    return (value / BYTES_PER_MEGABYTE).toFixed(1);
  }
  return (value / MS_PER_SECOND).toFixed(Math.abs(value) < MS_PER_SECOND ? 3 : 2);
}

/** Formats a figure with its unit. */
export function quantity(value: number, unit: Unit): string {
  return `${figure(value, unit)} ${SHOWN_IN[unit]}`.trimEnd();
}

/** Formats the figures of one contender at one piece of work: the median, and the spread. */
export function cell(one: Measured | undefined, unit: Unit): string {
  if (one === undefined) {
    return "-";
  }
  if (one.samples.length === 0) {
    return "not done";
  }
  const { median, least, most } = summaryOf(one.samples);
  return `${figure(median, unit)} (${figure(least, unit)}-${figure(most, unit)})`;
}
