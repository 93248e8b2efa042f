// Where a call has its drawer: by the number that people use, or by its id until the server has given it one.
import type { Call } from "@/realtime/schema";

/** The address of a call. */
export const callPath = (call: Call): string => `/calls/${call.number || call.id}`;
