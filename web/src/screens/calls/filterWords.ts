// What is filtered by, in words: one phrase for each filter, each with the filters as they are without it, so that a
// click on the phrase takes it away.
import { priorityWord, statusWord } from "@/widgets/words";
import type { CallFilters } from "./filters";
import type { Names } from "./sorting";

/** One filter in words. */
export interface FilterPhrase {
  words: string;
  without: CallFilters;
}

const listed = (words: readonly string[]) => words.join(", ");

function personWord(id: string, names: Names): string {
  if (id === "me") return "me";
  return id === "nobody" ? "nobody" : names.person(id) || "somebody who left";
}

function daysWords({ from, to }: CallFilters): string {
  if (from !== null && to !== null) return from === to ? `Created on ${from}` : `Created ${from} to ${to}`;
  return from !== null ? `Created since ${from}` : `Created until ${to}`;
}

/** The phrases, in the order of the filter menu. */
export function filterPhrases(filters: CallFilters, names: Names): readonly FilterPhrase[] {
  const phrases: FilterPhrase[] = [];
  const say = (words: string, cleared: Partial<CallFilters>) =>
    phrases.push({ words, without: { ...filters, ...cleared } });
  const { text, statuses, assignees, categories, priorities, overdue, from, to } = filters;
  if (text.trim() !== "") say(`“${text.trim()}”`, { text: "" });
  if (statuses.length > 0) say(listed(statuses.map((status) => statusWord("calls", status))), { statuses: [] });
  if (assignees.length > 0) {
    say(`Assigned to ${listed(assignees.map((id) => personWord(id, names)))}`, { assignees: [] });
  }
  if (categories.length > 0) {
    const words = categories.map((id) => (id === "none" ? "No category" : names.category(id) || "Former category"));
    say(listed(words), { categories: [] });
  }
  if (priorities.length > 0) say(`${listed(priorities.map(priorityWord))} priority`, { priorities: [] });
  if (overdue) say("Overdue", { overdue: false });
  if (from !== null || to !== null) say(daysWords(filters), { from: null, to: null });
  return phrases;
}
