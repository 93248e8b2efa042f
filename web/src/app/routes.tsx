// Which address shows which screen. Every screen but the call board is fetched when it is first wanted.
import { createBrowserRouter, type RouteObject } from "react-router";

const screen = (load: () => Promise<{ default: React.ComponentType }>): Pick<RouteObject, "lazy"> => ({
  lazy: async () => ({ Component: (await load()).default }),
});

/** The router of the board. */
export function makeRouter() {
  return createBrowserRouter([
    { path: "/signin", ...screen(() => import("@/screens/signin/SignIn")) },
    { path: "/setup", ...screen(() => import("@/screens/setup/Setup")) },
    { path: "/track/:code", ...screen(() => import("@/screens/track/Track")) },
    { path: "/", ...screen(() => import("@/screens/calls/Calls")) },
    { path: "/calls/:number", ...screen(() => import("@/screens/calls/Calls")) },
    { path: "/services/:number?", ...screen(() => import("@/screens/services/Services")) },
    { path: "/customers/:number?", ...screen(() => import("@/screens/customers/Customers")) },
    { path: "/users/:number?", ...screen(() => import("@/screens/users/Users")) },
    { path: "/categories", ...screen(() => import("@/screens/categories/Categories")) },
    { path: "/activity", ...screen(() => import("@/screens/activity/Activity")) },
    { path: "/insights", ...screen(() => import("@/screens/insights/Insights")) },
    { path: "/settings", ...screen(() => import("@/screens/settings/Settings")) },
  ]);
}
