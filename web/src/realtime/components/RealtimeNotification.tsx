// What is said to a person about something that happened elsewhere (WEB L7, U1): a line or two, one thing to do about it.
import { Button, CloseButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./RealtimeNotification.module.css";

export type NotificationType = "info" | "success" | "warning" | "error";

export interface RealtimeNotificationProps {
  type?: NotificationType;
  title?: ReactNode;
  message?: ReactNode;
  onDismiss?: () => void;
  action?: { label: string; onClick: () => void };
}

const ICONS: Record<NotificationType, typeof IconCheck> = {
  info: IconInfoCircle,
  success: IconCheck,
  warning: IconAlertTriangle,
  error: IconX,
};

/** A notification; an error interrupts who listens, the rest waits for a pause. */
export function RealtimeNotification({ type = "info", title, message, onDismiss, action }: RealtimeNotificationProps) {
  const Icon = ICONS[type];
  return (
    <div className={classes.box} data-type={type} role={type === "error" ? "alert" : "status"}>
      <Icon size={18} stroke={1.75} className={classes.icon} aria-hidden="true" />
      <div className={classes.said}>
        {title ? (
          <p className={classes.title} dir="auto">
            {title}
          </p>
        ) : null}
        {message ? (
          <p className={classes.message} dir="auto">
            {message}
          </p>
        ) : null}
      </div>
      {action ? (
        <Button variant="subtle" size="compact-sm" onClick={action.onClick} className={classes.action ?? ""}>
          {action.label}
        </Button>
      ) : null}
      {onDismiss ? <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} /> : null}
    </div>
  );
}
