// Where the server is: at the page's own origin, or where the build was told (`VITE_CALLBOARD_URL`), for a board that lies
// on a static host. The one place that knows; everything that asks the server puts this before its path.

const built = import.meta.env.VITE_CALLBOARD_URL;

/** What stands before a path; "" is the page's own origin. */
export const SERVER = built ? new URL(built).origin : "";

/** Whether the server is not where the page comes from. */
export const isElsewhere = SERVER !== "";
