// What one person sets for one browser: theme, sounds, density, the rail. Kept in localStorage, shared by all tabs, read
// before the first paint by main.tsx. Nothing here is known to the server.
import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

export type Density = "comfortable" | "compact";

/** What a person may be told about (U1). */
export type Notice = "assigned" | "taken";

export interface Preferences {
  theme: MantineColorScheme;
  density: Density;
  railCollapsed: boolean;
  /** A short tone when something is assigned to me. */
  sound: boolean;
  /** A notification of the desktop when something is assigned to me and the board is out of sight. */
  desktop: boolean;
  /** Which toasts I want. */
  notices: Readonly<Record<Notice, boolean>>;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "auto",
  density: "comfortable",
  railCollapsed: false,
  sound: true,
  desktop: false,
  notices: { assigned: true, taken: true },
};

const KEY = "callboard.preferences";

/** The preferences of this browser; `usePreferences.setState({ sound: false })` changes and keeps them. */
export const usePreferences = create<Preferences>()(
  persist(() => DEFAULT_PREFERENCES, {
    name: KEY,
    version: 1,
    storage: createJSONStorage(() => localStorage),
    merge: (kept, usual) => ({ ...usual, ...(kept as Partial<Preferences>) }),
  }),
);

/** Follows what another tab sets, until called off. */
export function followOtherTabs(): () => void {
  const changed = (event: StorageEvent) => {
    if (event.key === KEY) void usePreferences.persist.rehydrate();
  };
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

/** Mantine keeps its colour scheme where all the other preferences are. */
export function themeKeeper(): MantineColorSchemeManager {
  let off: (() => void) | undefined;
  return {
    get: () => usePreferences.getState().theme,
    set: (theme) => usePreferences.setState({ theme }),
    clear: () => usePreferences.setState({ theme: DEFAULT_PREFERENCES.theme }),
    subscribe: (tell) => {
      off = usePreferences.subscribe((now, before) => {
        if (now.theme !== before.theme) tell(now.theme);
      });
    },
    unsubscribe: () => off?.(),
  };
}

/** Puts the theme on the page before anything is painted: the policy allows no inline script that could do it (U6). */
export function paintTheme(root: HTMLElement, theme: MantineColorScheme): void {
  const dark = theme === "dark" || (theme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
}
