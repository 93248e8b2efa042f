// The screens, each a chunk of its own: fetched when it is first wanted, or in a quiet moment before that (V5).
import { type ComponentType, lazy } from "react";
import { whileIdle } from "./whileIdle";

type Load = () => Promise<{ default: ComponentType }>;

const LOADS = {
  Calls: () => import("@/screens/calls/Calls"),
  Services: () => import("@/screens/services/Services"),
  Customers: () => import("@/screens/customers/Customers"),
  Users: () => import("@/screens/users/Users"),
  Categories: () => import("@/screens/categories/Categories"),
  Activity: () => import("@/screens/activity/Activity"),
  Insights: () => import("@/screens/insights/Insights"),
  Settings: () => import("@/screens/settings/Settings"),
  SignIn: () => import("@/screens/signin/SignIn"),
  Setup: () => import("@/screens/setup/Setup"),
  Track: () => import("@/screens/track/Track"),
} satisfies Record<string, Load>;

export const Calls = lazy(LOADS.Calls);
export const Services = lazy(LOADS.Services);
export const Customers = lazy(LOADS.Customers);
export const Users = lazy(LOADS.Users);
export const Categories = lazy(LOADS.Categories);
export const Activity = lazy(LOADS.Activity);
export const Insights = lazy(LOADS.Insights);
export const Settings = lazy(LOADS.Settings);
export const SignIn = lazy(LOADS.SignIn);
export const Setup = lazy(LOADS.Setup);
export const Track = lazy(LOADS.Track);

/** In the order in which people go to them. */
const LIKELY: readonly (() => Promise<unknown>)[] = [
  LOADS.Calls,
  LOADS.Services,
  LOADS.Customers,
  LOADS.Users,
  LOADS.Settings,
  LOADS.Categories,
  LOADS.Activity,
  LOADS.Insights,
];

/** Fetches the screens one after the other whenever the page has nothing to do; gives a way to stop. */
export function prefetchScreens(): () => void {
  // A server that serves the sources has nothing to gain from it.
  if (import.meta.env.DEV) return () => {};
  return whileIdle(fetchAll());
}

function* fetchAll(): Generator<void> {
  for (const load of LIKELY) {
    // One that cannot be fetched now is fetched, or complained about, when somebody goes there.
    load().catch(() => undefined);
    yield;
  }
}
