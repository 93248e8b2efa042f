// The screens one goes to by name: what the rail, the bottom bar, the palette and the `g` keys offer, in one list.
import {
  IconActivity,
  IconAddressBook,
  IconChartBar,
  IconHeadset,
  IconSettings,
  IconTags,
  IconTool,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";

export interface Place {
  path: string;
  label: string;
  icon: TablerIcon;
  /** The letter after `g` (U2). */
  letter: string;
}

export const PLACES: readonly Place[] = [
  { path: "/", label: "Calls", icon: IconHeadset, letter: "c" },
  { path: "/services", label: "Repairs", icon: IconTool, letter: "r" },
  { path: "/customers", label: "Customers", icon: IconAddressBook, letter: "u" },
  { path: "/users", label: "People", icon: IconUsers, letter: "p" },
  { path: "/categories", label: "Categories", icon: IconTags, letter: "k" },
  { path: "/activity", label: "Activity", icon: IconActivity, letter: "a" },
  { path: "/insights", label: "Insights", icon: IconChartBar, letter: "i" },
  { path: "/settings", label: "Settings", icon: IconSettings, letter: "s" },
];

/** Whether an address lies within a place: a call stands on the call board. */
export function isWithin(pathname: string, place: Place): boolean {
  if (place.path === "/") return pathname === "/" || pathname.startsWith("/calls");
  return pathname === place.path || pathname.startsWith(`${place.path}/`);
}
