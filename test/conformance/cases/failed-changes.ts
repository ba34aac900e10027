/** Commands that are created, and then cannot be changed or deleted. */
import { type FailureCase, LATE, MADE, NEW_V, V1, V2 } from "./failure-case.ts";

const SAME = { ops: ["same"], stdout: "made", stderr: "" };

export const FAILED_CHANGES: readonly FailureCase[] = [
  {
    name: "update-fails",
    rule: "a failed update keeps the old state, with which `delete` runs",
    args: {
      create: "echo made",
      update: "echo tried >> ran/update-fails; exit 5",
      delete: "echo $V >> ran/update-fails",
      ...V1,
    },
    next: V2,
    creation: MADE,
    change: {
      ops: ["update"],
      diff: NEW_V,
      error: 'exit status 5: running "echo tried >> ran/update-fails; exit 5":',
      ran: ["tried"],
    },
    deletion: { ops: ["delete"], ran: ["1"] },
    stored: ["made", "made", null],
  },
  {
    name: "update-late",
    rule: "so does a late one",
    args: { create: "echo made", update: "exec sleep 20", ...V1 },
    options: LATE,
    next: V2,
    creation: MADE,
    change: { ops: ["update"], diff: NEW_V, error: 'signal: killed: running "exec sleep 20":' },
    deletion: { ops: ["delete"] },
    stored: ["made", "made", null],
  },
  {
    name: "replace-fails",
    rule: "a failed replacement keeps the old resource",
    args: {
      create: "echo made; [ $V = 1 ]",
      delete: "echo $V >> ran/replace-fails",
      ...V1,
      triggers: [1],
    },
    next: { ...V2, triggers: [2] },
    creation: MADE,
    change: {
      ops: ["create-replacement"],
      diff: { ...NEW_V, "triggers[0]": "update-replace" },
      shown: ["made"],
      error: 'exit status 1: running "echo made; [ $V = 1 ]":\nmade',
    },
    deletion: { ops: ["delete"], ran: ["1"] },
    stored: ["made", "made", null],
  },
  {
    name: "delete-fails",
    rule: "what could not be deleted stays in the state",
    args: { create: "echo made", delete: "echo no; exit 6" },
    creation: MADE,
    change: SAME,
    deletion: {
      ops: ["delete"],
      shown: ["no"],
      error: 'exit status 6: running "echo no; exit 6":\nno',
    },
    stored: ["made", "made", "made"],
  },
  {
    name: "delete-late",
    rule: "nor what was too late",
    args: { create: "echo made", delete: "exec sleep 20" },
    options: LATE,
    creation: MADE,
    change: SAME,
    deletion: { ops: ["delete"], error: 'signal: killed: running "exec sleep 20":' },
    stored: ["made", "made", "made"],
  },
  {
    name: "too-much",
    rule: "after output of more than 128 KiB neither update nor delete can run",
    args: {
      create: "head -c 200000 /dev/zero | tr '\\0' x",
      delete: "true",
      logging: "none",
      ...V1,
    },
    next: V2,
    creation: { ops: ["create"], stdout: "x".repeat(200_000), stderr: "" },
    change: {
      ops: ["update"],
      diff: NEW_V,
      error:
        "fork/exec /bin/sh: argument list too long: running \"head -c 200000 /dev/zero | tr '\\\\0' x\":",
    },
    deletion: {
      ops: ["delete"],
      error: 'fork/exec /bin/sh: argument list too long: running "true":',
    },
    stored: ["x".repeat(200_000), "x".repeat(200_000), "x".repeat(200_000)],
  },
];
