// The five roles as choices, each with what it may do.
import type { User } from "@/realtime/schema";
import { roleWord } from "@/widgets/words";

const MAY: Readonly<Record<User["role"], string>> = {
  admin: "Everything, people and categories included",
  dispatcher: "Assigns calls and repairs, keeps categories and customers",
  engineer: "Takes calls and repairs and works on them",
  front_desk: "Takes calls in, accepts and hands out repairs",
  viewer: "Sees everything, changes nothing",
};

/** Choices of a select, from the most that one may do to the least. */
export const ROLES = (Object.keys(MAY) as User["role"][]).map((value) => ({
  value,
  label: roleWord(value),
  description: MAY[value],
}));
