// The intake forms over whatever is shown, as `?new=call` or `?new=service` in the address asks.
import { lazy, Suspense } from "react";
import { useNewRecord } from "./useNewRecord";

const NewCall = lazy(() => import("@/screens/calls/drawer/NewCall"));
const NewService = lazy(() => import("@/screens/services/NewService"));

/** The open intake form, if any. */
export function NewRecord() {
  const { kind, close } = useNewRecord();
  return (
    <Suspense fallback={null}>
      {kind === "call" && <NewCall onClose={close} />}
      {kind === "service" && <NewService onClose={close} />}
    </Suspense>
  );
}
