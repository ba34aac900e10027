import { local } from "@pulumi/command";
import { dynamic } from "@pulumi/pulumi";

/** Minimal dynamic resource. With one command it is the least that a program can do. */
const nothing: dynamic.ResourceProvider = {
  create: async () => ({ id: "nothing", outs: {} }),
};

class Nothing extends dynamic.Resource {}

const command = new local.Command("nothing", { create: "true" });
new Nothing(nothing, "nothing", {}, { dependsOn: command });
