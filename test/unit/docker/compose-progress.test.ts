import { describe, expect, it } from "vitest";
import { unfinishedContainers, withoutProgress } from "../../../src/docker/compose-progress.ts";

/** Output of compose 2.26 about a front whose mount is missing. */
const MOUNT = ` Network shop_default  Creating
 Network shop_default  Created
 Volume "shop_data"  Creating
 Volume "shop_data"  Created
 Container shop-api-1  Creating
 Container shop-api-1  Created
 Container shop-front-1  Creating
Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/certs`;

describe("the messages beside the progress of compose", () => {
  it("are all that is left of an output", () => {
    expect(withoutProgress(MOUNT)).toBe(
      'Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/certs',
    );
  });

  it.each([
    [
      "what compose says of a step that failed",
      " Container shop-api-1  Error response from daemon: odd",
    ],
    [
      "a message of several lines",
      "Error response from daemon: invalid config:\nuser specified IP",
    ],
  ])("have %s", (_, text) => {
    expect(withoutProgress(` Network x  Created\n${text}\n`)).toBe(text.trim());
  });

  it("are the progress itself where compose says nothing else", () => {
    expect(withoutProgress(" Network x  Creating\n")).toBe(" Network x  Creating\n");
  });
});

describe("the containers that compose did not finish", () => {
  it.each([
    ["is made when compose gives up", MOUNT, ["shop-front-1"]],
    [
      "is started when compose gives up",
      " Container a-db-1  Created\n Container a-db-1  Starting\n Container a-api-1  Started\nno",
      ["a-db-1"],
    ],
    [
      "has the error",
      " Container a-db-1  Creating\n Container a-api-1  Error response: no",
      ["a-api-1"],
    ],
    ["is replaced", " Container 0123456789ab_a-db-1  Recreate\nno", ["a-db-1"]],
    ["is there in no line", "Error response from daemon: network x not found", []],
  ])("are those of a service that %s", (_, output, expected) => {
    expect(unfinishedContainers(output)).toEqual(expected);
  });
});
