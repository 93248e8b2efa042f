// What can be done with a repair as it stands, in the order in which one mostly wants it: the same list for the menu of a
// card and the drawer. Whether this person may do it is the server's word (`explain`).
import type { CommandName } from "@/realtime";
import type { Service } from "@/realtime/schema";
import { isAtWork, isOpen, nextStages, type Stage, type Status } from "./stages";

/** One thing that can be done. */
export interface Action {
  /** Told apart by this: the command, and the stage where there are several. */
  key: string;
  command: CommandName;
  label: string;
  stage?: Stage;
  /** Its key while the drawer is open. */
  shortcut?: string;
}

const STAGE_LABELS: Record<Stage, string> = {
  diagnosing: "Start diagnosing",
  awaiting_approval: "Wait for approval",
  awaiting_parts: "Wait for parts",
  in_repair: "Start repair",
};

const advance = (stage: Stage): Action => ({
  key: stage,
  command: "advance_service",
  label: STAGE_LABELS[stage],
  stage,
});

// What asks for something first has a label that ends in dots.
const ask = (command: CommandName, label: string, shortcut?: string): Action => ({
  key: command,
  command,
  label: `${label}…`,
  ...(shortcut === undefined ? {} : { shortcut }),
});

/** Once it is known what is wrong, and after waiting, comes the repair. */
function likelyFirst(status: Status): readonly Stage[] {
  const stages = nextStages(status);
  if (status === "received") return stages;
  return [...stages].sort((a, b) => Number(b === "in_repair") - Number(a === "in_repair"));
}

/** The steps of the work itself. */
export function stepsOf(service: Service): Action[] {
  const stages = likelyFirst(service.status).map(advance);
  if (service.status === "completed")
    return [ask("deliver_service", "Hand out", "d"), ask("reopen_service", "Reopen", "r")];
  if (service.status === "cancelled")
    return [ask("deliver_service", "Hand back", "d"), ask("reopen_service", "Reopen", "r")];
  if (service.status === "delivered") return [ask("create_service", "Take in again")];
  const complete = ask("complete_service", "Complete", "d");
  return service.status === "in_repair" ? [complete, ...stages] : [...stages, complete];
}

/** Everything else: who works on it, and how it leaves the board. */
export function asidesOf(service: Service): Action[] {
  const asides: Action[] = [];
  if (isOpen(service.status)) {
    if (service.technician_id === null)
      asides.push({ key: "claim", command: "claim_service", label: "Take it", shortcut: "m" });
    asides.push(ask("assign_service", "Assign", "a"));
  }
  if (isAtWork(service.status)) asides.push(ask("cancel_service", "Cancel the repair"));
  asides.push({ key: "delete", command: "delete_service", label: "Delete" });
  return asides;
}

/** The actions as a bar shows them: up to three as buttons, the other allowed ones, and those that are not. */
export interface Bar {
  buttons: readonly Action[];
  menu: readonly Action[];
  barred: readonly Action[];
}

const BUTTONS = 2;

/** Sorts the actions for this repair; `allowed` is the server's word. Taking what nobody has comes first. */
export function barOf(service: Service, allowed: (command: CommandName) => boolean): Bar {
  const all = [...stepsOf(service), ...asidesOf(service)];
  const claim = all.filter(({ key }) => key === "claim");
  const buttons = [...claim, ...stepsOf(service)].filter(({ command }) => allowed(command)).slice(0, BUTTONS);
  const rest = all.filter(({ key }) => !buttons.some((button) => button.key === key));
  return {
    buttons,
    menu: rest.filter(({ command }) => allowed(command)),
    barred: rest.filter(({ command }) => !allowed(command)),
  };
}
