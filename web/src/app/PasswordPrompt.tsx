// An admin set this person's password and so knows it: asks for another one right after signing in. It can wait until the
// next time.
import { useState } from "react";
import { useMe } from "@/realtime/react";
import { isFreshSignIn, settleSignIn } from "./account";
import { part } from "./part";

const PasswordDialog = part(() => import("./PasswordDialog"));

/** Asks once after a sign-in. */
export function PasswordPrompt() {
  const { must_change_password: isGiven } = useMe();
  const [asks, setAsks] = useState(isFreshSignIn);
  const postpone = () => {
    settleSignIn();
    setAsks(false);
  };
  return isGiven && asks ? <PasswordDialog onLater={postpone} /> : null;
}
