// Finds a customer while somebody speaks on the phone: over the replica, at every key, by words of the name, the address
// or the e-mail in any case and accent, and by the digits of the phone in any grouping (U2).
import type { Customer } from "@/realtime/schema";

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const digits = (text: string): string => text.replace(/\D/g, "");
const looksLikePhone = (query: string): boolean => /^[\d\s()+./-]+$/.test(query) && digits(query).length >= 2;

/** How well a customer answers the words: 0 is not at all, more is better. */
function wordScore(customer: Customer, words: readonly string[]): number {
  const name = fold(customer.name);
  const all = `${name} ${fold(customer.address ?? "")} ${fold(customer.email ?? "")}`;
  if (!words.every((word) => all.includes(word))) return 0;
  const first = words[0] ?? "";
  if (name.startsWith(first)) return 4;
  if (name.includes(` ${first}`)) return 3;
  return name.includes(first) ? 2 : 1;
}

/** As wordScore, for digits: the country's code or the leading zero may be missing on either side. */
function phoneScore(customer: Customer, wanted: string): number {
  const phone = digits(customer.phone ?? "");
  if (!phone) return 0;
  if (phone.startsWith(wanted)) return 4;
  if (phone.endsWith(wanted)) return 3;
  return phone.includes(wanted.replace(/^0+/, "") || wanted) ? 2 : 0;
}

/** The customers that answer the query, best first. */
export function findCustomers(customers: readonly Customer[], query: string, most = 7): Customer[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const wanted = looksLikePhone(query) ? digits(query) : "";
  return customers
    .map((customer) => ({
      customer,
      score: Math.max(wanted ? phoneScore(customer, wanted) : 0, wordScore(customer, words)),
    }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.customer.name.localeCompare(b.customer.name))
    .slice(0, most)
    .map((found) => found.customer);
}

/** What was typed, as the beginning of a new customer: a phone number or a name. */
export function beginning(query: string): { name: string; phone: string } {
  const typed = query.trim();
  return looksLikePhone(typed) ? { name: "", phone: typed } : { name: typed, phone: "" };
}
