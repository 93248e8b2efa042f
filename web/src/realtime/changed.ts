// Whether a command changed anything. One that did not is acknowledged too, with the place of whatever was changed last,
// perhaps by somebody else: an undo there would take that back.
import { seqOf } from "./cursor";
import type { Ack, CommandName } from "./wire";

/**
 * True where the acknowledged change set is the actor's own: a record's version is the number of the change that made it
 * (D6), so that of a changed record lies among the set's own numbers, the last of which is the cursor's.
 */
export function hasChanged<C extends CommandName>(ack: Ack<C>, actorId: string): boolean {
  if (ack.data === null) return true;
  const { version, updated_by } = ack.data;
  return version >= seqOf(ack.cursor) - ack.also_total && updated_by === actorId;
}
