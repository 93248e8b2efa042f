// Whether the page is dark now, whoever decided it: the person or the desktop.
import { useComputedColorScheme } from "@mantine/core";

/** True in the dark theme. */
export const useIsDark = (): boolean => useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
