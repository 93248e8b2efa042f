// The two kinds of category side by side: those of calls and those of repairs, each with its own commands.
import type { Category, ServiceCategory } from "@/realtime/schema";

export type Kind = "categories" | "service_categories";
export type AnyCategory = Category | ServiceCategory;

interface KindWords {
  readonly title: string;
  /** The records that such a category is for. */
  readonly uses: "calls" | "services";
  readonly create: "create_category" | "create_service_category";
  readonly update: "update_category" | "update_service_category";
  readonly remove: "delete_category" | "delete_service_category";
}

/** What is called how, by kind. */
export const KINDS: Readonly<Record<Kind, KindWords>> = {
  categories: {
    title: "Calls",
    uses: "calls",
    create: "create_category",
    update: "update_category",
    remove: "delete_category",
  },
  service_categories: {
    title: "Repairs",
    uses: "services",
    create: "create_service_category",
    update: "update_service_category",
    remove: "delete_service_category",
  },
};
