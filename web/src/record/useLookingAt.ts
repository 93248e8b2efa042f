// Tells the team which record this person has before him, so that its card shows who is looking (S2, V3). One channel
// that everybody is in already carries it: no card has to join a channel of its own.
import { useEffect } from "react";
import { useClient } from "@/realtime/react";
import type { Plural } from "@/realtime/schema";

/** How a record is looked at. */
export type LookingMode = "viewing" | "editing";

/** While the component is shown, the team sees this person at the record. Without an id nothing is told. */
export function useLookingAt(plural: Plural, id: string | null | undefined, mode: LookingMode = "viewing"): void {
  const { channels } = useClient();
  useEffect(() => {
    if (!id) return;
    channels.setState("team", { viewing: `${plural}/${id}`, mode });
  }, [channels, plural, id, mode]);
  useEffect(() => {
    if (!id) return;
    return () => channels.setState("team", null);
  }, [channels, id]);
}
