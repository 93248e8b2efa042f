// The account behind the board: who is signed in here, signing in and out, the first set-up, and where else one is
// signed in (PROTOCOL section 1). The session's token stays in the cookie and never comes here (U6).
import type { Session, Tenant, User } from "@/realtime/schema";
import { api, Failure } from "./api";
import { isElsewhere, SERVER } from "./server";

/** Who is signed in, and to which team. */
export interface Me {
  user: User;
  tenant: Tenant;
}

export interface Credentials {
  email: string;
  password: string;
  tenant?: string;
}

export interface FirstRun {
  code: string;
  tenant_name: string;
  email: string;
  display_name: string;
  password: string;
}

const REMEMBERED = "callboard.me";
const FRESH = "callboard.fresh";

/** Who is signed in; `Failure` with status 401 where nobody is. */
export async function whoAmI(): Promise<Me> {
  try {
    const { user, tenant } = await api<Me>("GET", "/api/me");
    return remember({ user, tenant });
  } catch (failure) {
    if (failure instanceof Failure && failure.status === 401) forget();
    throw failure;
  }
}

/** Signs in by cookie alone. */
export async function signIn(credentials: Credentials): Promise<Me> {
  const { user, tenant } = await api<Me>("POST", "/api/login", { ...credentials, cookie_only: true });
  if (isElsewhere) await cookieIsKept();
  sessionStorage.setItem(FRESH, "yes");
  return remember({ user, tenant });
}

/** Browsers may not keep the cookie of a server on another site, and do not say so: it shows when it is not sent back. */
async function cookieIsKept(): Promise<void> {
  try {
    await api("GET", "/api/me");
  } catch (failure) {
    if (!(failure instanceof Failure && failure.status === 401)) throw failure;
    throw new Failure(401, failure.code, notKept(new URL(SERVER).host));
  }
}

const notKept = (host: string) =>
  `This browser does not keep the cookies of ${host}, so you cannot stay signed in here. Allow them for this page, ` +
  `or open the board at ${host} itself.`;

/** Makes the first team and its admin, who is signed in from then on. */
export async function setUp(first: FirstRun): Promise<Me> {
  const { user, tenant } = await api<Me>("POST", "/api/setup", { ...first, cookie_only: true });
  return remember({ user, tenant });
}

/** Whether the first set-up is still to be done. */
export async function needsSetUp(): Promise<boolean> {
  try {
    await api("GET", "/api/setup");
    return true;
  } catch (failure) {
    if (failure instanceof Failure && failure.status === 404) return false;
    throw failure;
  }
}

/** Ends this session; one that is over already is as good. */
export async function signOutHere(): Promise<void> {
  try {
    await api("POST", "/api/logout");
  } catch (failure) {
    if (!(failure instanceof Failure && failure.status === 401)) throw failure;
  }
  forget();
  forgetDrafts();
}

/** Who leaves by hand leaves no half-written calls to whoever sits down next. */
function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("callboard.")) sessionStorage.removeItem(key);
}

/** Sets another password, which ends every session of mine, and begins a new one here. */
export async function changePassword(me: Me, current: string, wanted: string): Promise<Me> {
  const { email, id } = me.user;
  const { slug } = me.tenant;
  await api("POST", `/api/tenants/${slug}/users/${id}/change_password`, { current, new: wanted });
  return signIn({ email, password: wanted, tenant: slug });
}

/** Whether somebody has just signed in in this window: the moment for a question that can wait otherwise. */
export const isFreshSignIn = (): boolean => sessionStorage.getItem(FRESH) !== null;

/** The question was asked. */
export const settleSignIn = (): void => sessionStorage.removeItem(FRESH);

/** Where I am signed in, newest sign of life first. */
export async function myPlaces(): Promise<Session[]> {
  const { items } = await api<{ items: Session[] }>("GET", "/api/me/sessions");
  return items.toSorted((a, b) => Number(b.current) - Number(a.current) || b.seen_at.localeCompare(a.seen_at));
}

/** Signs me out at one place. */
export const endPlace = (id: string) => api<void>("DELETE", `/api/me/sessions/${id}`);

/** Who was signed in last here: lets the board open on what it holds while the server does not answer. */
export function lastMe(): Me | null {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept === null ? null : (JSON.parse(kept) as Me);
  } catch {
    return null;
  }
}

function remember(me: Me): Me {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(me));
  } catch {
    // A full or forbidden storage costs the start without a server, nothing else.
  }
  return me;
}

/** Nobody is signed in here any more. */
export function forget(): void {
  localStorage.removeItem(REMEMBERED);
}
