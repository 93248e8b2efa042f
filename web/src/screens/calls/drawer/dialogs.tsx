// Everything that asks something about a call before acting on it, in one place for the board and the drawer.
export { AssignMenu, AssignSheet } from "./AssignCall";
export { CompleteDialog } from "./CompleteDialog";
export { ConvertDialog } from "./ConvertDialog";
export { HoldDialog } from "./HoldDialog";
export { ReasonActionDialog, type ReasonedAction } from "./ReasonActionDialog";
