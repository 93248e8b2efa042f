// An admin set this person's password and so knows it: asks for another one right after signing in. It can wait.
import { lazy, Suspense, useState } from "react";
import { useMe } from "@/realtime/react";

const PasswordDialog = lazy(() => import("./PasswordDialog"));
const POSTPONED = "callboard.password-later";

/** Asks, unless it was put off in this window. */
export function PasswordPrompt() {
  const { must_change_password: isAsked } = useMe();
  const [isLater, setLater] = useState(() => sessionStorage.getItem(POSTPONED) !== null);
  const postpone = () => {
    sessionStorage.setItem(POSTPONED, "yes");
    setLater(true);
  };
  return <Suspense fallback={null}>{isAsked && !isLater && <PasswordDialog onLater={postpone} />}</Suspense>;
}
