// How the board looks in this browser.
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { type Density, usePreferences } from "@/app/preferences";
import { Section } from "./Section";
import classes from "./Settings.module.css";

const THEMES = [
  { value: "auto" as const, label: "As the desktop" },
  { value: "light" as const, label: "Light" },
  { value: "dark" as const, label: "Dark" },
];

const DENSITIES: { value: Density; label: string }[] = [
  { value: "comfortable", label: "Comfortable" },
  { value: "compact", label: "Compact" },
];

/** Theme and density. */
export function LookSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = usePreferences((kept) => kept.density);
  return (
    <Section title="Look" text="Kept in this browser.">
      <div className={classes.row}>
        <span id="settings-theme">Theme</span>
        <SegmentedControl
          aria-labelledby="settings-theme"
          data={THEMES}
          value={colorScheme}
          onChange={setColorScheme}
        />
      </div>
      <div className={classes.row}>
        <span id="settings-density">Density</span>
        <SegmentedControl
          aria-labelledby="settings-density"
          data={DENSITIES}
          value={density}
          onChange={(chosen) => usePreferences.setState({ density: chosen })}
        />
      </div>
    </Section>
  );
}
