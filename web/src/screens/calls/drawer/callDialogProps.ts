// What every dialog about a call takes.
import type { Call } from "@/realtime/schema";

export interface CallDialogProps {
  call: Call;
  onClose: () => void;
}
