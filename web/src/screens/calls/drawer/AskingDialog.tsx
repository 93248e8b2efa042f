// The dialog that an action on a call opens.
import { AssignSheet } from "./AssignCall";
import { CompleteDialog } from "./CompleteDialog";
import { ConvertDialog } from "./ConvertDialog";
import type { CallAction } from "./callActions";
import type { CallDialogProps } from "./callDialogProps";
import { HoldDialog } from "./HoldDialog";
import { ReasonActionDialog } from "./ReasonActionDialog";

/** What is asked before this action; nothing for one that asks nothing. */
export function AskingDialog({ action, call, onClose }: CallDialogProps & { action: CallAction }) {
  switch (action) {
    case "assign_call":
      return <AssignSheet call={call} onClose={onClose} />;
    case "complete_call":
      return <CompleteDialog call={call} onClose={onClose} />;
    case "hold_call":
      return <HoldDialog call={call} onClose={onClose} />;
    case "convert_call":
      return <ConvertDialog call={call} onClose={onClose} />;
    case "release_call":
    case "reopen_call":
    case "cancel_call":
      return <ReasonActionDialog call={call} command={action} onClose={onClose} />;
    default:
      return null;
  }
}
