// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_PREFERENCES, followOtherTabs, paintTheme, themeKeeper, usePreferences } from "./preferences";

const KEY = "callboard.preferences";

afterEach(() => usePreferences.setState(DEFAULT_PREFERENCES, true));

describe("preferences (S5)", () => {
  it("are kept in this browser", () => {
    usePreferences.setState({ sound: false });
    expect(JSON.parse(localStorage.getItem(KEY) ?? "{}").state.sound).toBe(false);
  });

  it("follow what another tab sets, with what it does not know as usual", () => {
    const off = followOtherTabs();
    localStorage.setItem(KEY, JSON.stringify({ state: { density: "compact" }, version: 1 }));
    window.dispatchEvent(new StorageEvent("storage", { key: KEY }));
    expect(usePreferences.getState()).toEqual({ ...DEFAULT_PREFERENCES, density: "compact" });
    off();
  });

  it("hold the theme for the whole page, and tell it when it changes", () => {
    const keeper = themeKeeper();
    const told = vi.fn();
    keeper.subscribe(told);
    keeper.set("dark");
    expect([keeper.get("auto"), told.mock.calls]).toEqual(["dark", [["dark"]]]);
    keeper.unsubscribe();
    keeper.set("light");
    expect(told).toHaveBeenCalledOnce();
  });

  it("put the theme on the page before the first paint; auto asks the desktop (U6)", () => {
    const root = document.createElement("html");
    const painted = (theme: "auto" | "light" | "dark") => {
      paintTheme(root, theme);
      return root.getAttribute("data-mantine-color-scheme");
    };
    expect([painted("dark"), painted("light"), painted("auto")]).toEqual(["dark", "light", "light"]);
    vi.spyOn(window, "matchMedia").mockReturnValue({ matches: true } as MediaQueryList);
    expect(painted("auto")).toBe("dark");
  });
});
