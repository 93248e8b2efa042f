// What I may do with a record now, and why not (WEB S2): the server's answer, asked again when the record or my rights
// have changed. While a new answer loads the former one stands; what is not known is allowed, for the server decides.
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { CommandName, Plural } from "@/realtime";
import { useClient } from "./RealtimeProvider";
import { useMe } from "./useHeld";
import { useRecord } from "./useRecord";

/** The answer, by command. */
export interface Explained {
  allowed(command: CommandName): boolean;
  why(command: CommandName): string | null;
  loading: boolean;
}

type Answer = ReadonlyMap<string, { allowed: boolean; why: string | null }>;

/** What I may do with this record, or, without an id, with records of this kind (creating one). */
export function useExplain(plural: Plural, id?: string | null): Explained {
  const client = useClient();
  const me = useMe();
  const version = useRecord(plural, id)?.version ?? 0;
  const isKnown = !id || version > 0;
  const { data, isLoading } = useQuery<Answer>({
    queryKey: ["explain", plural, id ?? null, version, `${me.id} ${me.role} ${me.version}`],
    queryFn: async () => {
      const answers = await client.ask("explain", id ? { resource: plural, id } : { resource: plural });
      return new Map(answers.map(({ command, allowed, why }) => [command, { allowed, why }]));
    },
    placeholderData: (former, query) =>
      query?.queryKey[1] === plural && query.queryKey[2] === (id ?? null) ? former : undefined,
    enabled: isKnown,
    staleTime: 15_000,
    retry: false,
  });
  const allowed = useCallback((command: CommandName) => data?.get(command)?.allowed ?? true, [data]);
  const why = useCallback((command: CommandName) => data?.get(command)?.why ?? null, [data]);
  return { allowed, why, loading: isLoading };
}
