// Where toasts appear. Their box is fetched after the board: what is said before it is there waits in its store.
import { part } from "./part";

/** The place of the toasts. */
export const Toasts = part(() => import("./ToastBox"));
