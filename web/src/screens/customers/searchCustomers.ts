// Finding a customer while he is on the phone: every word typed must be found in what the record says; case and accents
// do not count, and a phone number is found by its digits in any grouping (U2). Folded texts are kept per record, so that
// a keystroke over 10,000 customers takes a few milliseconds.
import type { Customer } from "@/realtime/schema";
import { fold } from "@/widgets/matching";

type Found = (customer: Customer) => boolean;

/** Makes a search: words in, a filter out; null where nothing was typed. It remembers the folded texts of records. */
export function makeCustomerSearch(): (words: string) => Found | null {
  const known = new WeakMap<Customer, { text: string; digits: string }>();
  const readingOf = (customer: Customer) => {
    const reading = known.get(customer) ?? { text: textOf(customer), digits: digitsOf(customer.phone ?? "") };
    known.set(customer, reading);
    return reading;
  };
  return (words) => {
    const wanted = fold(words).split(/\s+/).filter(Boolean);
    if (wanted.length === 0) return null;
    const number = phoneIn(words);
    return (customer) => {
      const { text, digits } = readingOf(customer);
      return (number !== null && digits.includes(number)) || wanted.every((word) => text.includes(word));
    };
  };
}

function textOf(customer: Customer): string {
  const { name, phone, email, address, tags, number } = customer;
  return fold([name, phone, email, address, ...tags, String(number)].filter(Boolean).join("\n"));
}

const digitsOf = (text: string): string => text.replace(/\D/gu, "");

/** The digits of what looks like a phone number: nothing but digits and their usual separators, three digits at least. */
function phoneIn(words: string): string | null {
  const digits = digitsOf(words);
  return digits.length >= 3 && /^[\d\s+()./-]+$/u.test(words) ? digits : null;
}
