// The sign-in page. Whoever is signed in already is sent on; a server without anybody yet is pointed at its set-up.
import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { needsSetUp } from "@/app/account";
import { FramedPage } from "@/app/FramedPage";
import { returnAddress } from "@/app/returning";
import { SignInForm } from "./SignInForm";

/** `/signin?next=…` */
export default function SignIn() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const isNew = useIsNewServer();
  return (
    <FramedPage
      title="Sign in"
      footer={
        isNew
          ? "Nobody has an account here yet. Open the set-up link that the server printed when it started."
          : "No account, or forgot your password? An admin of your team can help."
      }
    >
      <SignInForm
        tenant={query.get("team") ?? ""}
        onSignedIn={() => navigate(returnAddress(query), { replace: true })}
      />
      {isNew && <Link to="/setup">Set up this server</Link>}
    </FramedPage>
  );
}

function useIsNewServer(): boolean {
  const [isNew, setIsNew] = useState(false);
  useEffect(() => {
    let gone = false;
    needsSetUp().then(
      (needed) => !gone && setIsNew(needed),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  return isNew;
}
