// Does what somebody chose for a repair, asking first where it needs words. One hook for the board, the list and the
// drawer: they call `run`, and render `dialog`.
import { type ReactNode, useCallback, useState } from "react";
import { part } from "@/app/part";
import { useAct } from "@/app/useAct";
import type { Service } from "@/realtime/schema";
import { ReasonDialog } from "@/widgets/ReasonDialog";
import { numberOf } from "@/widgets/RecordNumber";
import { statusWord } from "@/widgets/words";
import type { Action } from "../actions";
import { AssignDialog } from "./AssignDialog";
import { CompleteDialog } from "./CompleteDialog";
import { DeliverDialog } from "./DeliverDialog";

const NewService = part(() => import("../NewService"));
const SlipPreview = part(() => import("../slip/SlipPreview"));

/** What is done: an action, or the slip. */
export type Deed = Pick<Action, "command" | "stage"> | { command: "print" };

interface Asked {
  service: Service;
  command: Deed["command"];
}

/** `run` does it; `dialog` is what it asks. */
export function useDeeds(): { run: (service: Service, deed: Deed) => void; dialog: ReactNode } {
  const act = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = useCallback(
    (service: Service, deed: Deed) => {
      const number = numberOf("services", service);
      if (deed.command === "claim_service") {
        void act("claim_service", { id: service.id }, { said: `${number} is yours` });
      } else if (deed.command === "delete_service") {
        void act("delete_service", { id: service.id }, { said: `${number} deleted` });
      } else if (deed.command === "advance_service" && "stage" in deed && deed.stage !== undefined) {
        const said = `${number}: ${statusWord("services", deed.stage).toLowerCase()}`;
        void act("advance_service", { id: service.id, status: deed.stage }, { said });
      } else setAsked({ service, command: deed.command });
    },
    [act],
  );
  const dialog = asked === null ? null : <Asking {...asked} onClose={() => setAsked(null)} />;
  return { run, dialog };
}

function Asking({ service, command, onClose }: Asked & { onClose: () => void }) {
  if (command === "complete_service") return <CompleteDialog service={service} onClose={onClose} />;
  if (command === "deliver_service") return <DeliverDialog service={service} onClose={onClose} />;
  if (command === "assign_service") return <AssignDialog service={service} onClose={onClose} />;
  if (command === "reopen_service" || command === "cancel_service") {
    return <WithReason service={service} command={command} onClose={onClose} />;
  }
  if (command === "create_service") return <NewService reworkOf={service} onClose={onClose} />;
  return command === "print" ? <SlipPreview service={service} onClose={onClose} /> : null;
}

const REASONED = {
  reopen_service: {
    verb: "Reopen",
    label: "What is not done after all?",
    said: "is in repair again",
    dismiss: "Cancel",
  },
  cancel_service: {
    verb: "Cancel",
    label: "Why will it not be repaired?",
    said: "cancelled",
    dismiss: "Keep the repair",
  },
};

interface WithReasonProps {
  service: Service;
  command: keyof typeof REASONED;
  onClose: () => void;
}

function WithReason({ service, command, onClose }: WithReasonProps) {
  const act = useAct();
  const { verb, label, said, dismiss } = REASONED[command];
  const number = numberOf("services", service);
  const submit = async (reason: string) => {
    return (await act(command, { id: service.id, reason }, { said: `${number} ${said}` })) !== null;
  };
  const title = `${verb} ${number}`;
  return (
    <ReasonDialog
      title={title}
      submit={`${verb} the repair`}
      dismiss={dismiss}
      label={label}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
