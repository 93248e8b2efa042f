// The server says of a field "must have 1 to 200 characters"; beside the field it reads as a sentence.

/** What is wrong with each field, as sentences. */
export function fieldErrors(fields: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) {
  const entries = Object.entries(fields).map(([field, said]) => [field, `${labels[field] ?? "This"} ${said}.`]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The same where the field's name stands right above it: "Must have 1 to 200 characters." */
export const standing = (said: string): string => `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, "")}.`;
