// The end of a session, with its reason, in place of the screens. The address stays, and what waited to be sent stays in
// this browser, so whoever signs in again goes on where he was (S1).
import { Alert } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import { SignInForm } from "@/screens/signin/SignInForm";
import type { Me } from "./account";
import { endingOf } from "./endings";
import { FramedPage } from "./FramedPage";

interface SessionEndedProps {
  reason: string;
  me: Me;
  /** How many changes have not been sent. */
  waiting: number;
  onSignedIn: () => void;
}

/** The page that says why, and lets one in again. */
export default function SessionEnded({ reason, me, waiting, onSignedIn }: SessionEndedProps) {
  const ending = endingOf(reason);
  return (
    <FramedPage title={ending.title}>
      <p role="alert">{ending.text}</p>
      {waiting > 0 && ending.canReturn && (
        <Alert icon={<IconInfoCircle size={18} stroke={1.6} />} p="sm">
          {waiting === 1 ? "1 change of yours waits here and is" : `${waiting} changes of yours wait here and are`} sent
          once you are back.
        </Alert>
      )}
      {ending.canReturn ? (
        <SignInForm email={me.user.email} tenant={me.tenant.slug} onSignedIn={onSignedIn} />
      ) : (
        <Link to="/signin">Sign in as somebody else</Link>
      )}
    </FramedPage>
  );
}
