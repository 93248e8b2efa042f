// Which day it is, here: it changes at midnight while somebody looks.
import { useNow } from "@/widgets/useNow";
import { dayOf } from "./days";

/** Today, `2026-11-20`. */
export function useToday(): string {
  return dayOf(new Date(useNow()));
}
