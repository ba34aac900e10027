/** The least that a Pulumi program does: it imports Pulumi, and registers a resource. */
import { ComponentResource } from "@pulumi/pulumi";

new ComponentResource("bench:index:Nothing", "nothing");
