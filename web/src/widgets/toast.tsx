// One way to say something in passing: the look of RealtimeNotification inside Mantine's notifications.
import { notifications } from "@mantine/notifications";
import { RealtimeNotification, type RealtimeNotificationProps } from "@/realtime/components/RealtimeNotification";

export interface Toast extends Omit<RealtimeNotificationProps, "onDismiss"> {
  /** Replaces the toast of the same id. */
  id?: string;
  /** How long it stays, in milliseconds. */
  stay?: number;
}

const STAY_MS = 5_000;
const ERROR_MS = 10_000;

/** Shows a toast; answers its id, for `notifications.hide`. */
export function toast({ id, stay, ...said }: Toast): string {
  const name = id ?? `toast-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  notifications.hide(name);
  // Its own role says how urgent it is; the frame around it says nothing.
  return notifications.show({
    id: name,
    message: <RealtimeNotification {...said} onDismiss={() => notifications.hide(name)} />,
    autoClose: stay ?? (said.type === "error" ? ERROR_MS : STAY_MS),
    withCloseButton: false,
    icon: null,
    unstyled: true,
    role: "presentation",
  });
}
