// What a category's repairs usually are, learnt from the latest of them: the device, how many days were promised, which
// accessories come with it, which brands. The device and the day are filled in, since they are a wording and an offer.
// Accessories are only offered: a slip must not say that a charger was handed in because it usually is.
import type { Service, ServiceCategory } from "@/realtime/schema";
import { dayOf, daysBetween } from "../days";

const LEARNT_FROM = 60;
const OFFERED = 6;

/** What the intake form of a category starts with. */
export interface Defaults {
  device_type: string;
  /** Days from today that are usually promised; null where there is no custom yet. */
  promisedInDays: number | null;
  accessories: readonly string[];
  brands: readonly string[];
}

/** What is usual for this category; without one, for all repairs. */
export function defaultsOf(category: ServiceCategory | undefined, services: Iterable<Service>): Defaults {
  const latest = latestOf(category?.id ?? null, services);
  const promised = latest.flatMap((service) => daysPromised(service) ?? []);
  return {
    device_type:
      category === undefined ? "" : (commonest(latest.map((service) => service.device_type))[0] ?? category.name),
    promisedInDays: median(promised),
    accessories: commonest(latest.flatMap((service) => service.accessories)).slice(0, OFFERED),
    brands: commonest(latest.flatMap((service) => service.brand ?? [])).slice(0, OFFERED),
  };
}

function latestOf(category: string | null, services: Iterable<Service>): Service[] {
  const all = [...services].filter((service) => category === null || service.category_id === category);
  all.sort((a, b) => (a.received_at < b.received_at ? 1 : a.received_at > b.received_at ? -1 : b.number - a.number));
  return all.slice(0, LEARNT_FROM);
}

function daysPromised({ promised_on, received_at }: Service): number | null {
  if (promised_on === null) return null;
  const days = daysBetween(dayOf(new Date(received_at)), promised_on);
  return days >= 0 ? days : null;
}

/** Words by how often they are said, however they are written; the newest spelling wins. */
function commonest(words: readonly string[]): string[] {
  const counted = new Map<string, { word: string; times: number }>();
  for (const word of words) {
    const key = word.trim().toLocaleLowerCase();
    const entry = counted.get(key);
    if (entry === undefined) counted.set(key, { word: word.trim(), times: 1 });
    else entry.times += 1;
  }
  return [...counted.values()].sort((a, b) => b.times - a.times).map((entry) => entry.word);
}

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
