import { local } from "@pulumi/command";
import { dynamic } from "@pulumi/pulumi";

/** Stands for the least that a program can do: one command, one dynamic resource, nothing of Lago. */
const nothing: dynamic.ResourceProvider = {
  create: async () => ({ id: "nothing", outs: {} }),
};

class Nothing extends dynamic.Resource {}

const command = new local.Command("nothing", { create: "true" });
new Nothing(nothing, "nothing", {}, { dependsOn: command });
