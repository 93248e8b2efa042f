// Sends a new call: its customer first where he is new, then the call, then its completion where it is solved already.
// A refusal stands in the form, beside its field where it has one; steps that were done are not done again.
import { useCallback, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { dropMended } from "@/app/mending";
import { useAct } from "@/app/useAct";
import { withoutNew } from "@/app/useNewRecord";
import type { CommandName, Outcome, Refusal } from "@/realtime";
import { Ids } from "@/realtime/ids";
import { useClient } from "@/realtime/react";
import { numberOf } from "@/widgets/RecordNumber";
import type { MendedCall } from "./mendedCall";
import { faultsOf, type NewCallDraft, type NewIds, type Step, steps } from "./newCallDraft";

type Faults = ReturnType<typeof faultsOf>;

interface Asked {
  /** The refused call that is entered anew. */
  mended?: (MendedCall & { op_id: string }) | null;
  /** Everything is sent, or kept to be sent. */
  onCreated: () => void;
  onClose: () => void;
}

/** Creates calls out of drafts. */
export function useCreateCall({ mended = null, onCreated, onClose }: Asked) {
  const client = useClient();
  const perform = useStep();
  const open = useOpenCall(onClose);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>(mended?.faults ?? {});
  const [sentence, setSentence] = useState<string | null>(mended?.sentence ?? null);
  const sent = useRef<{ ids: NewIds; done: Set<CommandName> }>(fresh(mended?.ids));

  const refused = useCallback((refusal: Refusal) => {
    const found = faultsOf(refusal.fields);
    setFaults(found);
    setSentence(Object.keys(found).length > 0 ? null : refusal.message);
    return true;
  }, []);

  const create = async (draft: NewCallDraft) => {
    setBusy(true);
    setSentence(null);
    const { ids, done } = sent.current;
    try {
      let number: number | null = null;
      for (const step of steps(draft, ids)) {
        if (done.has(step.command)) continue;
        const outcome = await perform(step, refused);
        if (outcome === null) return;
        done.add(step.command);
        if (step.command === "create_call") number = numberIn(outcome);
      }
      const made = steps(draft, ids).map(({ command, payload }) => ({ command, id: payload.id }));
      dropMended(client, made, mended?.op_id);
      sent.current = fresh();
      onCreated();
      if (draft.solved) onClose();
      else open(number === null ? ids.call : String(number));
    } finally {
      setBusy(false);
    }
  };
  const forget = useCallback((fields: readonly (keyof NewCallDraft)[]) => {
    setFaults((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !fields.includes(field as never))));
  }, []);
  return { create, busy, faults, sentence, forget };
}

/** New ids, made here so that the records can name each other before the server has seen them (offline use). */
function fresh(before: Partial<NewIds> = {}) {
  const ids = new Ids();
  return { ids: { call: ids.next(), customer: ids.next(), ...before }, done: new Set<CommandName>() };
}

function numberIn(outcome: Outcome<CommandName>): number | null {
  if (outcome.state !== "acknowledged" || !outcome.ack.data) return null;
  const { number } = outcome.ack.data;
  return number || null;
}

/** Performs one step. Only the last thing done is told of; it says the number. */
function useStep() {
  const act = useAct();
  return async (step: Step, refused: (refusal: Refusal) => boolean): Promise<Outcome<CommandName> | null> => {
    if (step.command === "create_customer") return act("create_customer", step.payload, { quiet: true, refused });
    if (step.command === "create_call") {
      return act("create_call", step.payload, { refused, said: ({ data }) => `${numberOf("calls", data)} saved` });
    }
    return act("complete_call", step.payload, {
      refused,
      undo: false,
      said: ({ data }) => `${numberOf("calls", data)} solved on the phone`,
    });
  };
}

/** Opens a call in its drawer; the address no longer asks for a new one then, which closes the form. */
function useOpenCall(onClose: () => void) {
  const navigate = useNavigate();
  const { search } = useLocation();
  return (number: string) => {
    const query = new URLSearchParams(search);
    const isAsked = query.has("new");
    if (!isAsked) onClose();
    const to = { pathname: `/calls/${number}`, search: withoutNew(query).toString() };
    // In place of the form's address: Back leads to what was there before the form.
    void navigate(to, { replace: isAsked });
  };
}
