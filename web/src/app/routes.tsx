// Which address shows which screen. All but three lie inside the board, which asks for somebody signed in. The plain router
// of the library: the board has no loaders and actions for the larger one to run (U6).
import { Suspense } from "react";
import { Outlet, Route, Routes } from "react-router";
import { Board } from "./Board";
import { Guarded } from "./Guarded";
import { Missing } from "./Missing";
import * as screens from "./screens";

/** The addresses, from outside in. */
export function BoardRoutes() {
  return (
    <Routes>
      <Route element={<Outside />}>
        <Route path="/signin" element={<screens.SignIn />} />
        <Route path="/setup" element={<screens.Setup />} />
        <Route path="/track/:code?" element={<screens.Track />} />
      </Route>
      <Route element={<Inside />}>
        {/* One element for the board and for the board with a call open: it stays as it is while calls open and close. */}
        <Route element={<screens.Calls />}>
          <Route index element={null} />
          <Route path="/calls/:number" element={null} />
        </Route>
        <Route path="/services/:number?" element={<screens.Services />} />
        <Route path="/customers/:number?" element={<screens.Customers />} />
        <Route path="/users/:number?" element={<screens.Users />} />
        <Route path="/categories" element={<screens.Categories />} />
        <Route path="/activity" element={<screens.Activity />} />
        <Route path="/insights" element={<screens.Insights />} />
        <Route path="/settings" element={<screens.Settings />} />
        <Route path="*" element={<Missing />} />
      </Route>
    </Routes>
  );
}

function Outside() {
  return (
    <Guarded>
      <Suspense fallback={null}>
        <Outlet />
      </Suspense>
    </Guarded>
  );
}

function Inside() {
  return (
    <Guarded>
      <Board />
    </Guarded>
  );
}
