import { describe, expect, it } from "vitest";
import { parseHostContainers } from "../../../src/docker/host-containers.ts";

describe("the host's containers", () => {
  it("are read with project, addresses and port ranges", () => {
    const line = JSON.stringify({
      ID: "4711",
      Names: "shop-web-1",
      Labels: "a=b,com.docker.compose.project=shop,x=1,2",
      Ports: "127.0.0.1:3000->3000/tcp, 0.0.0.0:80-81->80-81/tcp, [::]:80-81->80-81/tcp, 53/udp",
    });
    expect(parseHostContainers(`${line}\nno json\n`)).toEqual([
      {
        id: "4711",
        name: "shop-web-1",
        project: "shop",
        ports: [
          { address: "127.0.0.1", port: 3000 },
          { address: "0.0.0.0", port: 80 },
          { address: "0.0.0.0", port: 81 },
          { address: "::", port: 80 },
          { address: "::", port: 81 },
        ],
      },
    ]);
  });
});
