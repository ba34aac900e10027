/** Label of every stand-in; its value is the role, or `base` for the system below the roles. */
export const STAND_IN_LABEL = "z-billing-lago.stand-in";

/** Label with the digest of what a stand-in was built from. */
export const DIGEST_LABEL = "z-billing-lago.stand-in.digest";
