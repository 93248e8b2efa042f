// The question for a password of one's own, over the board.
import { Dialog } from "@/widgets/Dialog";
import classes from "./PasswordDialog.module.css";
import { PasswordForm } from "./PasswordForm";

/** Says why, and takes the new password. */
export default function PasswordDialog({ onLater }: { onLater: () => void }) {
  return (
    <Dialog onClose={onLater} title="Choose a password of your own" size="sm" centered>
      <p className={classes.text}>The one you signed in with was given to you by somebody else.</p>
      <PasswordForm onLater={onLater} />
    </Dialog>
  );
}
