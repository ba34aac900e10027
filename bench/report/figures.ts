/** Figures as a person reads them. */
import { summaryOf } from "../statistics.ts";
import type { Unit } from "../suite.ts";
import type { Measured } from "./result.ts";

const MS_PER_SECOND = 1_000;
const BYTES_PER_MEGABYTE = 1_000_000;

/** What the figures of each unit are shown in. */
const SHOWN_IN: Readonly<Record<Unit, string>> = { ms: "s", bytes: "MB", count: "" };

/** A piece of work with the unit in which its figures are shown. */
export function titleWithUnit({ title, unit }: { title: string; unit: Unit }): string {
  return unit === "count" ? title : `${title}, ${SHOWN_IN[unit]}`;
}

/** A figure without its unit: seconds, to the millisecond where they are less than 1; or megabytes. */
export function figure(value: number, unit: Unit): string {
  if (unit === "count") {
    return String(Number(value.toFixed(1)));
  }
  if (unit === "bytes") {
    return (value / BYTES_PER_MEGABYTE).toFixed(1);
  }
  return (value / MS_PER_SECOND).toFixed(Math.abs(value) < MS_PER_SECOND ? 3 : 2);
}

/** The same with its unit. */
export function quantity(value: number, unit: Unit): string {
  return `${figure(value, unit)} ${SHOWN_IN[unit]}`.trimEnd();
}

/** Figures of one contender at one piece of work: the median, and the spread. */
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
