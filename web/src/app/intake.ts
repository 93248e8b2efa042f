// What can be taken in from anywhere, and whether I may: where not, the server's own sentence (S2).
import { IconPhonePlus, IconTool, type TablerIcon } from "@tabler/icons-react";
import { type CommandName, type Plural, useExplain } from "@/realtime/react";
import type { NewKind } from "./useNewRecord";

/** One kind of intake. */
export interface Intake {
  kind: Extract<NewKind, "call" | "service">;
  plural: Plural;
  command: CommandName;
  label: string;
  shortcut: string;
  icon: TablerIcon;
}

/** On the phone. */
export const CALL: Intake = {
  kind: "call",
  plural: "calls",
  command: "create_call",
  label: "New call",
  shortcut: "C",
  icon: IconPhonePlus,
};

/** Over the counter. */
export const REPAIR: Intake = {
  kind: "service",
  plural: "services",
  command: "create_service",
  label: "New repair",
  shortcut: "N",
  icon: IconTool,
};

/** Both, the commoner first. */
export const INTAKES: readonly Intake[] = [CALL, REPAIR];

/** Why I may not take it in; null where I may. */
export function useBarred({ plural, command }: Intake): string | null {
  const { allowed, why } = useExplain(plural);
  return allowed(command) ? null : (why(command) ?? "");
}
