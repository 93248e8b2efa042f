// The figures of a period, made by the server, and asked for again as calls change: at most every few seconds, quietly,
// with the old ones standing until the new ones are there (S4).
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/app/api";
import { useSession } from "@/app/session";
import { useClient } from "@/realtime/react";
import type { Insights } from "@/realtime/schema";
import type { Range } from "./range";

const REST_MS = 5_000;

/** The figures; undefined until the first are there. */
export function useInsights({ from, to }: Pick<Range, "from" | "to">) {
  const { tenant } = useSession();
  const { data, isError, refetch, isPlaceholderData } = useQuery({
    queryKey: ["insights", tenant.slug, from, to],
    queryFn: () => api<Insights>("GET", `/api/tenants/${tenant.slug}/insights?${new URLSearchParams({ from, to })}`),
    placeholderData: keepPreviousData,
    retry: 1,
  });
  useFresh();
  return { insights: data, failed: isError, isOld: isPlaceholderData, again: refetch };
}

/** Asks again after calls have changed, at most once in a while. */
function useFresh(): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = client.on("*", (_record, meta) => {
      if (meta.resource !== "calls") return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ["insights"] });
      }, REST_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [client, queries]);
}
