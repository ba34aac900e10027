import { describe, expect, it } from "vitest";
import { listenersIn } from "../../../src/observe/port-listeners.ts";

describe("a port that is wanted", () => {
  it("is told from the kernel's table by port and state", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1",
      "   1: 0100007F:0BB8 0100007F:C0DE 01 00000000:00000000 00:00000000 00000000     0        0 4712 1",
    ].join("\n");
    expect(listenersIn(table, 3000)).toEqual(new Set(["4711"]));
    expect(listenersIn(table, 3001)).toEqual(new Set());
  });
});
