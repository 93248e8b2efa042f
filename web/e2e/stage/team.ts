// Who works in the tests, and what their shop has from the start: the same for every story.

export const TEAM = {
  ada: { display_name: "Ada Lindqvist", role: "admin" },
  bruno: { display_name: "Bruno Ferreira", role: "dispatcher" },
  dmitri: { display_name: "Dmitri Novak", role: "engineer" },
  grace: { display_name: "Grace Okafor", role: "engineer" },
  hanna: { display_name: "Hanna Virtanen", role: "front_desk" },
  jun: { display_name: "Jun Tanaka", role: "viewer" },
} as const;

export type Name = keyof typeof TEAM;

export const FIRST: Name = "ada";
export const PASSWORD = "seven horses and a cart";
export const emailOf = (name: string): string => `${name}@example.com`;

export const CATEGORIES = ["Printers", "Network", "Phones"];
export const SERVICE_CATEGORIES = ["Laptops", "Radios"];
