import { expect, it } from "vitest";
import { hostContainerOf } from "../../../src/observe/host-containers.ts";

it("has the networks of a listed container", () => {
  const NetworkSettings = { Networks: { "lago-net": {}, other: { Aliases: null } } };
  expect(hostContainerOf({ Id: "1", State: "", NetworkSettings }).networks).toEqual([
    "lago-net",
    "other",
  ]);
});

it("has the project, addresses and TCP ports of a listed container", () => {
  const at = (IP: string, PublicPort: number, Type = "tcp") => ({
    ...{ IP, PublicPort, PrivatePort: 80, Type },
  });
  const listed = {
    Id: "4711",
    Names: ["/shop-web-1"],
    Labels: { a: "b", "com.docker.compose.project": "shop" },
    State: "running",
    Ports: [
      at("127.0.0.1", 3000),
      at("::", 80),
      at("0.0.0.0", 53, "udp"),
      { IP: "", PrivatePort: 9000, Type: "tcp" },
    ],
  };
  expect(hostContainerOf(listed)).toEqual({
    id: "4711",
    name: "shop-web-1",
    project: "shop",
    ports: [
      { address: "127.0.0.1", port: 3000 },
      { address: "::", port: 80 },
    ],
  });
  expect(hostContainerOf({ Id: "1", State: "" })).toEqual({
    ...{ id: "1", name: "", project: undefined, ports: [] },
  });
});
