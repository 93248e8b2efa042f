// Stands between the page and the screens until it is known who sits there, and the one live client is made. When the
// session ends, its reason is shown in place of the screens; the address and what waits to be sent stay as they are, so
// that signing in again goes on where one was (S1).
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Navigate, useLocation } from "react-router";
import { RealtimeProvider, useQueryInvalidation } from "@/realtime/react";
import { part } from "./part";
import { signInAddress } from "./returning";
import { Starting } from "./Starting";
import { type Session, SessionContext } from "./session";
import { useOpening } from "./useOpening";

const SessionEnded = part(() => import("./SessionEnded"), { waiting: <Starting />, inPlace: true });
const Unanswered = part(() => import("./Unanswered"), { waiting: <Starting />, inPlace: true });

/** Shows `children` to whoever is signed in, with a live client around them. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { stage, again, ...deeds } = useOpening();
  const location = useLocation();
  if (stage.at === "asking") return <Starting />;
  if (stage.at === "silent") return <Unanswered sentence={stage.sentence} onAgain={again} />;
  if (stage.at === "out") return <Navigate to={signInAddress(location)} replace />;
  if (stage.at === "left") return <Navigate to="/signin" replace />;
  if (stage.at === "ended") return <SessionEnded {...stage} onSignedIn={again} />;
  return (
    <RealtimeProvider client={stage.client}>
      <Signed me={stage.me.user} tenant={stage.me.tenant} {...deeds}>
        {children}
      </Signed>
    </RealtimeProvider>
  );
}

function Signed({ me, tenant, signOut, changePassword, children }: Session & { children: ReactNode }) {
  useQueryInvalidation(useQueryClient());
  const session = useMemo(() => ({ me, tenant, signOut, changePassword }), [me, tenant, signOut, changePassword]);
  return <SessionContext value={session}>{children}</SessionContext>;
}
