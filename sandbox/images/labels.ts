/** Label of every stand-in; its value is the role, or `base` for the base image. */
export const STAND_IN_LABEL = "z-billing-lago.stand-in";

/** Label with the digest of a stand-in's sources. */
export const DIGEST_LABEL = "z-billing-lago.stand-in.digest";
