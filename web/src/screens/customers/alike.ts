// Who may be the same customer already: the same number, or the same name but for case and accents.
import type { Customer } from "@/realtime/schema";
import { fold } from "@/widgets/matching";

const FEW = 3;
const SHORTEST_NUMBER = 6;

/** Up to three who are known under this name or phone. Numbers are the same where one ends as the other, whatever its prefix. */
export function alike(customers: Iterable<Customer>, name: string, phone: string): Customer[] {
  const wanted = fold(name);
  const digits = localDigits(phone);
  const found: Customer[] = [];
  for (const customer of customers) {
    if (found.length === FEW) break;
    if (sameNumber(digits, localDigits(customer.phone ?? "")) || (wanted !== "" && fold(customer.name) === wanted)) {
      found.push(customer);
    }
  }
  return found;
}

function sameNumber(a: string, b: string): boolean {
  return a.length >= SHORTEST_NUMBER && b.length >= SHORTEST_NUMBER && (a.endsWith(b) || b.endsWith(a));
}

/** The digits without the zeros in front, which a country's prefix takes the place of. */
const localDigits = (phone: string): string => phone.replace(/\D/gu, "").replace(/^0+/u, "");
