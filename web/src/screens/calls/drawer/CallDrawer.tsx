// One call over the board (S2): what it is, what I may do with it now, who else is here, and what happened with it.
import { Skeleton, Stack } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import { useLoaded } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { RecordDrawer } from "@/record/RecordDrawer";
import { useLastRecord } from "@/record/useLastRecord";
import { EmptyState } from "@/widgets/EmptyState";
import { OpenCall } from "./OpenCall";

interface CallDrawerProps {
  /** The number of the address, or the id of a call that has none yet. */
  number: string;
  /** The calls as the board shows them, to go from one to the next. */
  order?: readonly Call[];
  onClose: () => void;
}

const NO_ORDER: readonly Call[] = [];

/** The drawer of a call. */
export default function CallDrawer({ number, order = NO_ORDER, onClose }: CallDrawerProps) {
  const loaded = useLoaded();
  const { record, gone } = useLastRecord("calls", number);
  if (record) return <OpenCall key={record.id} call={record} gone={gone} order={order} onClose={onClose} />;
  return (
    <RecordDrawer label="Call" title={null} onClose={onClose}>
      {loaded ? <NoSuchCall /> : <Waiting />}
    </RecordDrawer>
  );
}

function NoSuchCall() {
  return (
    <EmptyState
      icon={<IconPhoneOff size={28} stroke={1.5} />}
      title="There is no such call"
      text="It was deleted, or the address is not complete. Close this and look for it with /."
    />
  );
}

function Waiting() {
  return (
    <Stack gap="sm" aria-hidden>
      {[70, 40, 90, 55, 65].map((width) => (
        <Skeleton key={width} height={16} width={`${width}%`} animate={false} />
      ))}
    </Stack>
  );
}
