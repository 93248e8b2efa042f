// A call that is there, or was until a moment ago, in its drawer.
import { useState } from "react";
import { useAct } from "@/app/useAct";
import { useExplain, useMe, usePending, usePresence } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { GoneNotice } from "@/record/GoneNotice";
import { LiveText } from "@/record/LiveText";
import { RecordDrawer } from "@/record/RecordDrawer";
import { RefusedHere } from "@/record/RefusedHere";
import { Timeline } from "@/record/Timeline";
import { useEditing } from "@/record/useEditing";
import { useEditLease } from "@/record/useEditLease";
import type { Gone } from "@/record/useLastRecord";
import { useLookingAt } from "@/record/useLookingAt";
import { numberOf } from "@/widgets/RecordNumber";
import { AskingDialog } from "./AskingDialog";
import { CallActions } from "./CallActions";
import { CallFields } from "./CallFields";
import { CallMarks } from "./CallMarks";
import { CallTools } from "./CallTools";
import type { CallAction } from "./callActions";
import { CALL_FIELDS, type CallEditing } from "./callFieldNames";
import { Outcome } from "./Outcome";
import { useCallSteps } from "./useCallSteps";

interface OpenCallProps {
  call: Call;
  gone: Gone | null;
  order: readonly Call[];
  onClose: () => void;
}

/** The drawer of one call. */
export function OpenCall({ call, gone, order, onClose }: OpenCallProps) {
  const editing = useCallEditing(call, gone);
  const [asking, setAsking] = useState<CallAction | null>(null);
  const number = numberOf("calls", call);
  const steps = useCallSteps(call.id, order);
  useIAmHere(call.id, gone === null, editing.active || asking !== null);
  return (
    <RecordDrawer
      label={`Call ${number}`}
      title={<CallMarks call={call} />}
      tools={<CallTools call={call} />}
      heading={<LiveText editing={editing} field="title" label="Title" large />}
      actions={gone ? null : <CallActions call={call} onGone={onClose} onAsk={setAsking} />}
      steps={steps}
      unsaved={editing.unsaved && gone === null}
      onClose={onClose}
    >
      {gone && <GoneNotice gone={gone} noun="call" record={call} />}
      <RefusedHere plural="calls" id={call.id} />
      <Outcome call={call} />
      <CallFields call={call} editing={editing} gone={gone !== null} />
      {/* Here and not in the bar: what was written in it outlives the bar when the call is deleted. */}
      {asking && <AskingDialog action={asking} call={call} onClose={() => setAsking(null)} />}
      <Timeline plural="calls" id={call.id} closed={gone !== null} />
    </RecordDrawer>
  );
}

/** The fields under my hands; to be read only where the server, or the end of the call, says so. */
function useCallEditing(call: Call, gone: Gone | null): CallEditing {
  const act = useAct();
  const pending = usePending(call.id);
  const { allowed, why } = useExplain("calls", call.id);
  const barred = allowed("update_call") || pending ? null : (why("update_call") ?? "");
  return useEditing({
    plural: "calls",
    record: call,
    fields: CALL_FIELDS,
    readOnly: gone ? "This call was deleted." : barred,
    save: (changes, refused) =>
      act("update_call", { id: call.id, ...changes }, { refused, said: `${numberOf("calls", call)} saved` }),
  });
}

/** The others see me at this call, and whether I have my hands in it. */
function useIAmHere(id: string, isThere: boolean, editing: boolean): void {
  const me = useMe();
  const mode = editing ? "editing" : "viewing";
  usePresence(isThere ? `calls/${id}` : null, me.id, { mode });
  useLookingAt("calls", isThere ? id : null, mode);
  useEditLease("calls", isThere ? id : null, editing);
}
