// What the board may draw my attention with (U1). The browser is asked for its permission here and nowhere else.
import { Switch } from "@mantine/core";
import { useState } from "react";
import { type Notice, usePreferences } from "@/app/preferences";
import { playTone } from "@/app/tone";
import { Section } from "./Section";
import classes from "./Settings.module.css";

/** Toasts, the tone, and notifications of the desktop. */
export function NoticesSection() {
  const { sound, notices } = usePreferences();
  const want = (notice: Notice, wanted: boolean) =>
    usePreferences.setState(({ notices: kept }) => ({ notices: { ...kept, [notice]: wanted } }));
  const setSound = (wanted: boolean) => {
    usePreferences.setState({ sound: wanted });
    if (wanted) playTone();
  };
  return (
    <Section title="Notices" text="Only what concerns you. Everything else just changes in its place.">
      <Switch
        label="When something is assigned to me"
        checked={notices.assigned}
        onChange={(event) => want("assigned", event.currentTarget.checked)}
      />
      <Switch
        label="When something is taken from me"
        checked={notices.taken}
        onChange={(event) => want("taken", event.currentTarget.checked)}
      />
      <Switch
        label="A short tone when something is assigned to me"
        checked={sound}
        onChange={(event) => setSound(event.currentTarget.checked)}
      />
      <DesktopSwitch />
    </Section>
  );
}

function DesktopSwitch() {
  const desktop = usePreferences((kept) => kept.desktop);
  const [isDenied, setDenied] = useState(() => permission() === "denied");
  const isPossible = permission() !== "impossible";
  const choose = async (wanted: boolean) => {
    const granted = wanted && (await Notification.requestPermission()) === "granted";
    usePreferences.setState({ desktop: granted });
    setDenied(wanted && !granted);
  };
  return (
    <>
      <Switch
        label="A notification of the desktop while the board is out of sight"
        checked={desktop && permission() === "granted"}
        disabled={!isPossible}
        onChange={(event) => void choose(event.currentTarget.checked)}
      />
      {isDenied && (
        <p className={classes.quiet} role="status">
          This browser does not allow notifications of the board. Allow them in the settings of the site, then switch on
          again.
        </p>
      )}
    </>
  );
}

const permission = () => ("Notification" in window ? Notification.permission : "impossible");
