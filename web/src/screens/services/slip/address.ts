// Where the customer follows his repair.

/** The customer's page about the repair with this code. */
export const trackingAddress = (origin: string, code: string) => `${origin}/track/${code}`;
