// The way to where a refused command is put right (L4): its form, or the drawer of its record.
import { useNavigate } from "react-router";
import type { Entry } from "@/realtime";
import { useClient } from "@/realtime/react";
import { mendingPlace } from "./mending";
import { useNewRecord } from "./useNewRecord";

/** Leads there; null for one that has no such place any more. */
export function useMending(): (entry: Entry) => (() => void) | null {
  const { records } = useClient();
  const navigate = useNavigate();
  const { open } = useNewRecord();
  return (entry) => {
    const place = mendingPlace(entry, records.getState());
    if (place === null) return null;
    return () => {
      if ("form" in place) open(place.form, { mend: entry.op_id });
      else void navigate(place.path);
    };
  };
}
