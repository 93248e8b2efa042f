// Whether what one sees is live, in a few words (WEB L7): Live · Reconnecting in 4 s · Polling · Offline, 3 waiting.
import { IconAlertTriangle, IconBroadcast, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import clsx from "clsx";
import { useStatus } from "@/realtime/react";
import classes from "./ConnectionStatus.module.css";
import { spokenWords, statusWords, type Tone } from "./statusWords";
import { useSeconds } from "./useSeconds";

export interface ConnectionStatusProps {
  /** Said by the caller where there is something else than the client's own status to show. */
  isConnected?: boolean;
  /** `default`: icon, words and the count of updates; `compact`: icon and words; `badge`: a pill. */
  variant?: "default" | "compact" | "badge";
  showLabel?: boolean;
  className?: string | undefined;
}

const ICONS: Record<Tone, typeof IconBroadcast> = {
  good: IconBroadcast,
  warning: IconRefresh,
  quiet: IconRefresh,
  danger: IconPlugConnectedX,
};

/** The state of the connection. Read aloud when it changes, not at every second of a countdown. */
export function ConnectionStatus({
  isConnected,
  variant = "default",
  showLabel = true,
  className,
}: ConnectionStatusProps) {
  const status = useStatus();
  const now = useSeconds(status.state === "reconnecting" ? status.retryAt : null);
  const told = statusWords(status, now);
  const contradicts = isConnected === false && told.tone === "good";
  const { words, tone } = contradicts ? { words: "Not live", tone: "warning" as const } : told;
  const spoken = contradicts ? words : spokenWords(status);
  const Icon = contradicts ? IconAlertTriangle : ICONS[tone];
  const updates = status.updates === 1 ? "1 update" : `${status.updates.toLocaleString("en")} updates`;
  return (
    <span
      className={clsx(classes.status, className)}
      data-variant={variant}
      data-tone={tone}
      title={showLabel ? undefined : `${words} · ${updates}`}
    >
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      {showLabel ? (
        <span className={classes.words} aria-hidden="true">
          {words}
        </span>
      ) : null}
      {showLabel && variant === "default" && tone === "good" && status.updates > 0 ? (
        <span className={classes.updates} aria-hidden="true">
          {updates}
        </span>
      ) : null}
      <span role="status" aria-live="polite" className={classes.spoken}>
        {spoken}
      </span>
    </span>
  );
}
