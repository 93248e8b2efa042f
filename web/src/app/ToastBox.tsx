// The box of the toasts: at the foot of the page, above the bar of a phone, at most four of them.
import { Notifications } from "@mantine/notifications";
import classes from "./ToastBox.module.css";

/** Shows what is said to `notifications`. */
export default function ToastBox() {
  return <Notifications position="bottom-center" limit={4} className={classes.box ?? ""} />;
}
