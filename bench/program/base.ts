/** The minimal Pulumi program: imports Pulumi, and registers a resource. */
import { ComponentResource } from "@pulumi/pulumi";

new ComponentResource("bench:index:Nothing", "nothing");
