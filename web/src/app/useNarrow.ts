// Whether the board is as narrow as a phone: then it has a bottom bar in place of the rail, and drawers become pages (V2).
import { useMediaQuery } from "@mantine/hooks";

export const NARROW = "(max-width: 48em)";

/** True on a phone. */
export const useNarrow = (): boolean => useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
