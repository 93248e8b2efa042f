// Gives a repair to a technician, or to nobody: everybody who takes work, with how many repairs each has on the bench.

import { NavLink, Stack } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMemo } from "react";
import { useAct } from "@/app/useAct";
import { useRecords } from "@/realtime/react";
import type { Service, User } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { Person } from "@/widgets/Person";
import { takesWork } from "@/widgets/PersonSelect";
import { numberOf } from "@/widgets/RecordNumber";
import { availabilityWord } from "@/widgets/words";
import { isAtWork } from "../stages";

const byName = (a: User, b: User) => a.display_name.localeCompare(b.display_name);
const onBench = (service: Service) => service.technician_id !== null && isAtWork(service.status);

/** A list of technicians; choosing one is the deed. Open for as long as it is rendered. */
export function AssignDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const act = useAct();
  const people = useRecords("users", takesWork, byName);
  const loads = useLoads();
  const number = numberOf("services", service);
  const choose = (technician_id: string | null, said: string) => {
    onClose();
    if (technician_id !== service.technician_id)
      void act("assign_service", { id: service.id, technician_id }, { said });
  };
  return (
    <Dialog onClose={onClose} title={`Who works on ${number}?`} centered size="xs">
      <Stack gap={2} role="group" aria-label="Technicians">
        {people.map(({ id, display_name, availability }, place) => (
          <NavLink
            key={id}
            component="button"
            type="button"
            data-autofocus={place === 0 || undefined}
            active={id === service.technician_id}
            label={<Person id={id} size="sm" dot />}
            description={availability === "available" ? undefined : availabilityWord(availability)}
            rightSection={<Load of={loads.get(id) ?? 0} chosen={id === service.technician_id} />}
            onClick={() => choose(id, `${number} assigned to ${display_name}`)}
          />
        ))}
        <NavLink
          component="button"
          type="button"
          label={<Person id={null} />}
          active={service.technician_id === null}
          onClick={() => choose(null, `${number} has no technician now`)}
        />
      </Stack>
    </Dialog>
  );
}

function Load({ of, chosen }: { of: number; chosen: boolean }) {
  return (
    <>
      {of} on the bench
      {chosen && <IconCheck size={16} stroke={1.75} aria-label="works on it now" style={{ marginInlineStart: 8 }} />}
    </>
  );
}

/** How many repairs each has on the bench. */
function useLoads(): ReadonlyMap<string, number> {
  const services = useRecords("services", onBench);
  return useMemo(() => {
    const loads = new Map<string, number>();
    for (const { technician_id } of services) {
      if (technician_id !== null) loads.set(technician_id, (loads.get(technician_id) ?? 0) + 1);
    }
    return loads;
  }, [services]);
}
