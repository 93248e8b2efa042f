// The look of a button in the head: icon and word, on a phone the icon alone, so that the calls begin high up (V2).
import classes from "./CallsHead.module.css";

/** For the `classNames` of a Button with a left section; such a button also needs an aria-label. */
export const HEAD_BUTTON = {
  root: classes.button ?? "",
  section: classes.icon ?? "",
  label: classes.words ?? "",
};
