// Booking a call in for repair: a carry-in is made of it, with the customer and the fault taken over.
import { Autocomplete } from "@mantine/core";
import { useMemo, useState } from "react";
import { useAct } from "@/app/useAct";
import { useRecords } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { ActionDialog } from "./ActionDialog";
import { saidOf } from "./callActions";
import type { CallDialogProps } from "./callDialogProps";

const MOST = 40;

/** The kinds of device booked in so far, most frequent first. */
export function deviceTypes(services: readonly Pick<Service, "device_type">[]): string[] {
  const times = new Map<string, number>();
  for (const { device_type } of services) times.set(device_type, (times.get(device_type) ?? 0) + 1);
  return [...times.entries()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([type]) => type);
}

/** Asks which device it is and makes the repair. */
export function ConvertDialog({ call, onClose }: CallDialogProps) {
  const act = useAct();
  const services = useRecords("services");
  const known = useMemo(() => deviceTypes(services), [services]);
  const [device, setDevice] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    if (device.trim() === "") {
      setMissing(true);
      return null;
    }
    const said = saidOf("convert_call", numberOf("calls", call));
    return act("convert_call", { id: call.id, device_type: device.trim() }, { said });
  };
  return (
    <ActionDialog
      call={call}
      command="convert_call"
      title="Book in for repair:"
      submit="Book in"
      onSubmit={submit}
      onClose={onClose}
    >
      <Autocomplete
        data-autofocus
        label="Which device is it?"
        description="Customer and fault are taken over from the call."
        placeholder="Laptop, phone, printer…"
        data={known}
        limit={8}
        maxLength={200}
        value={device}
        onChange={setDevice}
        error={missing && device.trim() === "" ? "Say which device it is." : null}
        comboboxProps={{ shadow: "md", transitionProps: { duration: 80 } }}
      />
    </ActionDialog>
  );
}
