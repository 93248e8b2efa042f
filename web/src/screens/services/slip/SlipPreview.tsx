// The slip before it is printed: the sheet in small, and a button. What goes to the printer is a second, unscaled sheet
// at the end of the page; while printing, everything else is left out.

import { Button, Group, Portal } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useSession } from "@/app/session";
import { useNarrow } from "@/app/useNarrow";
import { usePerson } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { numberOf } from "@/widgets/RecordNumber";
import { Slip } from "./Slip";
import styles from "./SlipPreview.module.css";

/** The preview of a repair's slip. */
export default function SlipPreview({ service, onClose }: { service: Service; onClose: () => void }) {
  const { tenant } = useSession();
  const technician = usePerson(service.technician_id);
  const narrow = useNarrow();
  const slip = (
    <Slip
      service={service}
      house={tenant.name}
      origin={window.location.origin}
      technician={service.technician_id === null ? undefined : technician.name}
    />
  );
  return (
    <Dialog onClose={onClose} size="auto" fullScreen={narrow} title={`Slip for ${numberOf("services", service)}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.table} tabIndex={0} aria-label="Preview of the slip">
        <div className={styles.paper}>{slip}</div>
      </section>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button data-autofocus leftSection={<IconPrinter size={16} stroke={1.75} />} onClick={() => window.print()}>
          Print both copies
        </Button>
      </Group>
      <Portal reuseTargetNode={false} className={styles.printed ?? ""}>
        {slip}
      </Portal>
    </Dialog>
  );
}
