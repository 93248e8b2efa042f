// The picture beside each thing that can be done with a repair.
import {
  IconArrowBackUp,
  IconBan,
  IconChecks,
  IconHandGrab,
  IconMessageQuestion,
  IconPackage,
  IconPackageExport,
  IconRefresh,
  IconStethoscope,
  IconTool,
  IconTrash,
  IconUserPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Action } from "../actions";

const ICONS: Readonly<Record<string, TablerIcon>> = {
  diagnosing: IconStethoscope,
  awaiting_approval: IconMessageQuestion,
  awaiting_parts: IconPackage,
  in_repair: IconTool,
  claim: IconHandGrab,
  assign_service: IconUserPlus,
  complete_service: IconChecks,
  deliver_service: IconPackageExport,
  reopen_service: IconArrowBackUp,
  cancel_service: IconBan,
  create_service: IconRefresh,
  delete: IconTrash,
};

/** The icon of an action. */
export function ActionIconOf({ action }: { action: Action }) {
  const Icon = ICONS[action.key] ?? IconTool;
  return <Icon size={16} stroke={1.75} aria-hidden />;
}
