// A repair that is there, or was until a moment ago, in its drawer.
import { useAct } from "@/app/useAct";
import { useExplain, useMe, usePending, usePresence } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
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
import { SERVICE_FIELDS, type ServiceEditing, withCurrency } from "../serviceFields";
import { HowItEnded } from "./HowItEnded";
import { ServiceActions } from "./ServiceActions";
import { ServiceFields } from "./ServiceFields";
import { ServiceMarks } from "./ServiceMarks";
import { ServiceTools } from "./ServiceTools";
import { useUsualCurrency } from "./useUsualCurrency";

interface OpenServiceProps {
  service: Service;
  gone: Gone | null;
  onClose: () => void;
}

/** The drawer of one repair. */
export function OpenService({ service, gone, onClose }: OpenServiceProps) {
  const editing = useServiceEditing(service, gone);
  const number = numberOf("services", service);
  useIAmHere(service.id, gone === null, editing.active);
  return (
    <RecordDrawer
      label={`Repair ${number}`}
      title={<ServiceMarks service={service} />}
      tools={<ServiceTools service={service} />}
      heading={<LiveText editing={editing} field="device_type" label="Device" large />}
      actions={gone ? null : <ServiceActions service={service} onGone={onClose} />}
      unsaved={editing.unsaved && gone === null}
      onClose={onClose}
    >
      {gone && <GoneNotice gone={gone} noun="repair" record={service} />}
      <RefusedHere plural="services" id={service.id} />
      <HowItEnded service={service} />
      <ServiceFields service={service} editing={editing} />
      <Timeline plural="services" id={service.id} closed={gone !== null} />
    </RecordDrawer>
  );
}

/** The fields under my hands; to be read only where the server, or the end of the repair, says so. */
function useServiceEditing(service: Service, gone: Gone | null): ServiceEditing {
  const act = useAct();
  const pending = usePending(service.id);
  const { allowed, why } = useExplain("services", service.id);
  const usual = useUsualCurrency();
  const barred = allowed("update_service") || pending ? null : (why("update_service") ?? "");
  return useEditing({
    plural: "services",
    record: service,
    fields: SERVICE_FIELDS,
    readOnly: gone ? "This repair was deleted." : barred,
    save: (changes, refused) =>
      act(
        "update_service",
        { id: service.id, ...withCurrency(changes, service, usual) },
        { refused, said: `${numberOf("services", service)} saved` },
      ),
  });
}

/** The others see me at this repair, and whether I have my hands in it. */
function useIAmHere(id: string, isThere: boolean, editing: boolean): void {
  const me = useMe();
  const mode = editing ? "editing" : "viewing";
  usePresence(isThere ? `services/${id}` : null, me.id, { mode });
  useLookingAt("services", isThere ? id : null, mode);
  useEditLease("services", isThere ? id : null, editing);
}
