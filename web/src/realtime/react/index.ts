// The React binding of the client library (WEB L6): what the screens import.

export type { CommandName, EventName, Meta, Outcome, PayloadOf, Plural, Present, RecordOf, Status } from "@/realtime";
export { type Kind, nounOf } from "./eventNames";
export type { Offer } from "./liveForm";
export { RealtimeProvider, useClient } from "./RealtimeProvider";
export { type Commanding, useCommand } from "./useCommand";
export { type Explained, useExplain } from "./useExplain";
export { useGlow } from "./useGlow";
export { useLoaded, useMe, usePending } from "./useHeld";
export { type Changes, type LiveForm, useLiveForm } from "./useLiveForm";
export { useOutbox } from "./useOutbox";
export { type PersonSeen, usePerson } from "./usePerson";
export { usePresence, useViewers } from "./usePresence";
export { useQueryInvalidation } from "./useQueryInvalidation";
export { type RealtimeUpdatesOptions, useRealtimeUpdates } from "./useRealtimeUpdates";
export { useRecord, useRecordByNumber } from "./useRecord";
export { useRecords } from "./useRecords";
export { useIsConnected, useStatus } from "./useStatus";
export { type Typist, useTyping } from "./useTyping";
export { type AllHandlers, type UpdateHandlers, useAllUpdates, useUpdates } from "./useUpdates";
