// The dialog that a drop or a menu asked for, over the board. It comes in its own part of the program, when first wanted.
import { useRecord } from "@/realtime/react";
import { CompleteDialog, HoldDialog, ReasonActionDialog } from "./drawer/dialogs";
import type { OpenDialog } from "./useCallMoves";

/** The dialog for a command that needs words. */
export default function CallDialogs({ dialog, onClose }: { dialog: OpenDialog; onClose(): void }) {
  const call = useRecord("calls", dialog.id);
  if (call === undefined) return null;
  switch (dialog.command) {
    case "complete_call":
      return <CompleteDialog call={call} onClose={onClose} />;
    case "hold_call":
      return <HoldDialog call={call} onClose={onClose} />;
    default:
      return <ReasonActionDialog call={call} command={dialog.command} onClose={onClose} />;
  }
}
