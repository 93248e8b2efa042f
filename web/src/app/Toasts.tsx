// Where toasts appear. Their box is fetched once the board stands, or with the first toast: what is said before it is there
// waits in its store (U6).
import { useNotifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { part } from "./part";
import { whenIdle } from "./whileIdle";

const Box = part(() => import("./ToastBox"));

/** The place of the toasts. */
export function Toasts() {
  const { notifications } = useNotifications();
  const [isIdle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  return isIdle || notifications.length > 0 ? <Box /> : null;
}
