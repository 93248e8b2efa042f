// The screens, each a chunk of its own: fetched when it is first wanted, or in a quiet moment before that (V5).
import { type ComponentType, createElement } from "react";
import { ListSkeleton } from "@/widgets/Skeletons";
import { part } from "./part";
import { whenIdle } from "./whileIdle";

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

const AS_SCREEN = { waiting: createElement(ListSkeleton, { rows: 8 }), inPlace: true };
const OUTSIDE = { inPlace: true };

export const Calls = part(LOADS.Calls, AS_SCREEN);
export const Services = part(LOADS.Services, AS_SCREEN);
export const Customers = part(LOADS.Customers, AS_SCREEN);
export const Users = part(LOADS.Users, AS_SCREEN);
export const Categories = part(LOADS.Categories, AS_SCREEN);
export const Activity = part(LOADS.Activity, AS_SCREEN);
export const Insights = part(LOADS.Insights, AS_SCREEN);
export const Settings = part(LOADS.Settings, AS_SCREEN);
export const SignIn = part(LOADS.SignIn, OUTSIDE);
export const Setup = part(LOADS.Setup, OUTSIDE);
export const Track = part(LOADS.Track, OUTSIDE);

/** In the order in which people go to them: what lies over the board, the screens, what these open. */
const LIKELY: readonly (() => Promise<unknown>)[] = [
  LOADS.Calls,
  () => import("@/screens/calls/drawer/CallDrawer"),
  () => import("@/screens/calls/drawer/NewCall"),
  () => import("@/screens/calls/CallDialogs"),
  () => import("@/screens/calls/AssignDialog"),
  () => import("@/screens/calls/FilterFields"),
  () => import("@/screens/calls/TeamSheet"),
  () => import("@/record/DateTimeControl"),
  () => import("./OutboxDialog"),
  LOADS.Services,
  () => import("@/screens/services/drawer/ServiceDrawer"),
  () => import("@/screens/services/NewService"),
  () => import("@/screens/services/intake/DayCalendar"),
  LOADS.Customers,
  LOADS.Users,
  LOADS.Settings,
  LOADS.Categories,
  LOADS.Activity,
  LOADS.Insights,
  () => import("./KeysHelp"),
  () => import("./MoreSheet"),
  () => import("./SessionEnded"),
  () => import("./Unanswered"),
  () => import("@/screens/services/slip/SlipPreview"),
  () => import("@/screens/services/slip/QrCode"),
];

/** Fetches them one after the other while the page has nothing else to do; gives a way to stop. */
export function prefetchScreens(): () => void {
  // A server that serves the sources has nothing to gain from it.
  if (import.meta.env.DEV) return () => {};
  let stopped = false;
  const next = (at: number) => {
    const load = LIKELY[at];
    if (stopped || load === undefined) return;
    // One that cannot be fetched now is fetched, or said to be missing, when somebody wants it.
    whenIdle(
      () =>
        void load()
          .catch(() => undefined)
          .then(() => next(at + 1)),
    );
  };
  next(0);
  return () => {
    stopped = true;
  };
}
