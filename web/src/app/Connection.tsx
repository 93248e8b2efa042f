// How the connection stands, at the foot of the rail or in the bar; a press shows what waits to be sent (L4, L7). The
// button lies over the words, which are read aloud as they change: inside a button they would not be.
import { UnstyledButton } from "@mantine/core";
import { ConnectionStatus } from "@/realtime/components";
import { useStatus } from "@/realtime/react";
import classes from "./Connection.module.css";
import { useOverlays } from "./useOverlays";

/** The connection in a word; `compact` without it. */
export function Connection({ compact = false }: { compact?: boolean }) {
  const overlays = useOverlays();
  const { state } = useStatus();
  const isConnected = state === "live" || state === "polling";
  return (
    <div className={classes.connection}>
      <ConnectionStatus isConnected={isConnected} variant={compact ? "compact" : "default"} showLabel={!compact} />
      <UnstyledButton
        className={classes.button}
        onClick={() => overlays.show("outbox")}
        aria-label="Show what is waiting to be sent"
      />
    </div>
  );
}
