// The icon of each action on a call.
import {
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconDeviceLaptop,
  IconHandStop,
  IconLock,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconTrash,
  IconUserPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import type { CallAction } from "./callActions";

const ICONS: Readonly<Record<CallAction, TablerIcon>> = {
  claim_call: IconHandStop,
  assign_call: IconUserPlus,
  start_call: IconPlayerPlay,
  resume_call: IconPlayerPlay,
  complete_call: IconCheck,
  hold_call: IconPlayerPause,
  close_call: IconLock,
  reopen_call: IconRotate,
  release_call: IconArrowBackUp,
  convert_call: IconDeviceLaptop,
  cancel_call: IconBan,
  delete_call: IconTrash,
};

/** The icon of an action. */
export function ActionIconOf({ action }: { action: CallAction }) {
  const Icon = ICONS[action];
  return <Icon size={16} stroke={1.75} aria-hidden />;
}
