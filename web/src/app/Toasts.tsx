// Where toasts appear. Their box is fetched after the board: what is said before it is there waits in its store.
import { lazy, Suspense } from "react";

const Box = lazy(() => import("./ToastBox"));

/** The place of the toasts. */
export function Toasts() {
  return (
    <Suspense fallback={null}>
      <Box />
    </Suspense>
  );
}
