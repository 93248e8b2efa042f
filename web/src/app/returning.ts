// The way to the sign-in page and back to where one was.
import type { Location } from "react-router";

/** The address of the sign-in page that leads back to `location`. */
export function signInAddress({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const here = `${pathname}${search}`;
  return here === "/" ? "/signin" : `/signin?next=${encodeURIComponent(here)}`;
}

/** Where to go after signing in: an address of this board, never of another site. */
export function returnAddress(query: URLSearchParams): string {
  const next = query.get("next") ?? "/";
  const isOurs = next.startsWith("/") && URL.canParse(next, location.origin);
  if (!isOurs) return "/";
  const { origin, pathname, search } = new URL(next, location.origin);
  const isPage = origin === location.origin && !pathname.startsWith("/signin");
  return isPage ? `${pathname}${search}` : "/";
}
