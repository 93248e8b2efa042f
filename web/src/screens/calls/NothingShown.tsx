// What stands in place of the board when nothing is on it: why, and what to do about it (U5).
import { Button } from "@mantine/core";
import { IconFilterOff, IconHeadset, IconPlus } from "@tabler/icons-react";
import { useNewRecord } from "@/app/useNewRecord";
import { EmptyState } from "@/widgets/EmptyState";
import { NO_FILTERS } from "./filters";
import type { CallsAddress } from "./useCallsAddress";

/** No call at all, or none that the filters let through. */
export function NothingShown({ address, empty }: { address: CallsAddress; empty: boolean }) {
  return empty ? <NoCalls /> : <NoneMatch address={address} />;
}

function NoCalls() {
  const { open } = useNewRecord();
  return (
    <EmptyState
      icon={<IconHeadset size={32} stroke={1.5} />}
      title="No calls yet"
      text={
        <>
          Press <kbd>c</kbd> when the phone rings: the first call stands here a moment later.
        </>
      }
      action={
        <Button leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => open("call")}>
          New call
        </Button>
      }
    />
  );
}

const ALL_DONE: Record<string, { title: string; text: string }> = {
  open: { title: "Nothing open", text: "Every call is done." },
  mine: { title: "Nothing of yours is open", text: "Take a call from Unassigned, or enjoy the quiet." },
  unassigned: { title: "Nothing waits for anybody", text: "Every open call has somebody." },
  overdue: { title: "Nothing is overdue", text: "Every open call is within its time." },
};

function NoneMatch({ address }: { address: CallsAddress }) {
  const good = ALL_DONE[address.view?.id ?? ""];
  return (
    <EmptyState
      icon={<IconFilterOff size={32} stroke={1.5} />}
      title={good?.title ?? "No call matches"}
      text={good?.text ?? "Take a filter away, or look for other words."}
      action={
        <Button variant="default" onClick={() => address.setFilters(NO_FILTERS)}>
          Show all calls
        </Button>
      }
    />
  );
}
