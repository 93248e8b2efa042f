// The server says of a field "must have 1 to 200 characters"; beside the field it reads as a sentence.

/** What is wrong with each field, as sentences. */
export function fieldErrors(fields: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) {
  const entries = Object.entries(fields).map(([field, said]) => [field, `${labels[field] ?? "This"} ${said}.`]);
  return Object.fromEntries(entries) as Record<string, string>;
}
