// One repair over the board (S3): what was handed in, what I may do with it now, who else is here, what happened with it.
import { Skeleton, Stack } from "@mantine/core";
import { IconZoomQuestion } from "@tabler/icons-react";
import { useLoaded } from "@/realtime/react";
import { RecordDrawer } from "@/record/RecordDrawer";
import { useLastRecord } from "@/record/useLastRecord";
import { EmptyState } from "@/widgets/EmptyState";
import { OpenService } from "./OpenService";

interface ServiceDrawerProps {
  /** The number of the address, or the id of a repair that has none yet. */
  number: string;
  onClose: () => void;
}

/** The drawer of a repair. */
export default function ServiceDrawer({ number, onClose }: ServiceDrawerProps) {
  const loaded = useLoaded();
  const { record, gone } = useLastRecord("services", number);
  if (record) return <OpenService key={record.id} service={record} gone={gone} onClose={onClose} />;
  return (
    <RecordDrawer label="Repair" title={null} onClose={onClose}>
      {loaded ? (
        <EmptyState
          icon={<IconZoomQuestion size={28} stroke={1.5} />}
          title="There is no such repair"
          text="It was deleted, or the address is not complete. Close this and look for it with /."
        />
      ) : (
        <Stack gap="sm" aria-hidden>
          {[70, 40, 90, 55, 65].map((width) => (
            <Skeleton key={width} height={16} width={`${width}%`} animate={false} />
          ))}
        </Stack>
      )}
    </RecordDrawer>
  );
}
