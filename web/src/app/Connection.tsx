// How the connection stands, at the foot of the rail or in the bar; a press shows what waits to be sent (L4, L7).
import { UnstyledButton } from "@mantine/core";
import { ConnectionStatus } from "@/realtime/components";
import { useStatus } from "@/realtime/react";
import classes from "./Connection.module.css";
import { useOverlays } from "./useOverlays";

/** The connection in a word; `compact` without it. */
export function Connection({ compact = false }: { compact?: boolean }) {
  const overlays = useOverlays();
  const { state, waiting } = useStatus();
  const isConnected = state === "live" || state === "polling";
  return (
    <UnstyledButton
      className={classes.connection}
      onClick={() => overlays.show("outbox")}
      aria-label={waiting > 0 ? `Connection: ${waiting} waiting to be sent` : "Connection"}
    >
      <ConnectionStatus isConnected={isConnected} variant={compact ? "compact" : "default"} showLabel={!compact} />
    </UnstyledButton>
  );
}
