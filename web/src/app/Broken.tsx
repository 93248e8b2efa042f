// What stands where a screen failed: a sentence and the way on. A chunk that cannot be fetched any more means that the
// server has a newer board; reloading brings it.
import { Button } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { EmptyState } from "@/widgets/EmptyState";
import classes from "./Broken.module.css";
import { isLostChunk } from "./LostCatch";

/** In place of a screen that cannot be shown. */
export function Broken({ error }: { error: unknown }) {
  const isNewer = isLostChunk(error);
  const Icon = isNewer ? IconRefresh : IconAlertTriangle;
  return (
    <div className={classes.place} role="alert">
      <EmptyState
        icon={<Icon size={24} stroke={1.5} />}
        title={isNewer ? "There is a newer version of the board" : "This screen cannot be shown"}
        text={
          isNewer
            ? "Reload the page to go on with it. What you have done is kept."
            : "Something in the board went wrong. Reload the page; what you have done is kept."
        }
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      />
    </div>
  );
}
