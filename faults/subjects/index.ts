import { ansible } from "./ansible.ts";
import { naive } from "./naive.ts";
import { ours } from "./ours.ts";
import { raw } from "./raw.ts";
import type { Subject } from "./subject.ts";

/** All subjects, this project first. */
export const SUBJECTS: readonly Subject[] = [ours, raw, naive, ansible];
