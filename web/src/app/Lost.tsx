// In place of a part of the board whose code did not come: without a network it comes when that is back; where the server
// answers all the same, it has a newer board by now, and reloading brings that.
import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { useEffect } from "react";
import classes from "./Lost.module.css";
import { useServerAnswers } from "./useServerAnswers";

interface LostProps {
  /** Where the part would be; else in the corner of the page. */
  inPlace?: boolean;
  onAgain: () => void;
}

/** The word, and the way on. */
export function Lost({ inPlace = false, onAgain }: LostProps) {
  const answers = useServerAnswers();
  useEffect(() => {
    window.addEventListener("online", onAgain);
    return () => window.removeEventListener("online", onAgain);
  }, [onAgain]);
  if (answers === null) return null;
  const Icon = answers ? IconRefresh : IconPlugConnectedX;
  return (
    <div className={classes.lost} data-in-place={inPlace || undefined} role="status">
      <Icon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        {answers
          ? "There is a newer version of the board. Reload the page to go on with it; what you have done is kept."
          : "You are offline; this part has not been loaded yet."}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={answers ? () => window.location.reload() : onAgain}
        className={classes.button ?? ""}
      >
        {answers ? "Reload" : "Try again"}
      </Button>
    </div>
  );
}
