// The engineers' rail (S2, V2): who is here, who is free, who has how much. A call dropped on a person is his; a click
// on a person shows his calls alone.
import { useDroppable } from "@dnd-kit/core";
import { VisuallyHidden } from "@mantine/core";
import { IconCircle, IconCircleHalf2, IconMoon } from "@tabler/icons-react";
import clsx from "clsx";
import type { Call, User } from "@/realtime/schema";
import { Counter } from "@/widgets/Counter";
import { Person } from "@/widgets/Person";
import { availabilityWord } from "@/widgets/words";
import { useCarried } from "./DragGround";
import classes from "./TeamRail.module.css";
import { useSomebodyIn } from "./useSomebodyIn";
import { type Member, useTeam } from "./useTeam";

export interface TeamRailProps {
  /** All calls, whatever is filtered by: a load is a load. */
  calls: readonly Call[];
  /** The people whose calls are shown alone. */
  chosen: readonly string[];
  onChoose(id: string): void;
}

const LONGEST = 8;

/** The people who take calls. */
export function TeamRail({ calls, chosen, onChoose }: TeamRailProps) {
  const carried = useCarried();
  const { held, handlers } = useSomebodyIn();
  const team = useTeam(calls, held || carried.call !== null);
  const most = Math.max(LONGEST, ...team.map((member) => member.load));
  return (
    <div className={classes.rail} {...handlers}>
      <h2 className={classes.title}>Team</h2>
      <ul className={classes.list}>
        {team.map((member) => (
          <li key={member.id}>
            <TeamMember member={member} most={most} chosen={chosen.includes(member.id)} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TeamMemberProps {
  member: Member;
  most: number;
  chosen: boolean;
  onChoose(id: string): void;
}

function TeamMember({ member, most, chosen, onChoose }: TeamMemberProps) {
  const { user, load, here } = member;
  const drop = useDroppable({ id: `user:${user.id}`, data: { user } });
  const verdict = useCarried().onPerson(user);
  return (
    <button
      ref={drop.setNodeRef}
      type="button"
      className={clsx(classes.member, drop.isOver && classes.over)}
      data-mark={verdict?.mark}
      data-here={here || undefined}
      aria-pressed={chosen}
      title="Show only these calls"
      onClick={() => onChoose(user.id)}
    >
      <span aria-hidden>
        <Person id={user.id} size="md" dot name={false} />
      </span>
      <span className={classes.who}>
        <span className={classes.name} dir="auto">
          {user.display_name}
        </span>
        <VisuallyHidden>{here ? "online" : "offline"}</VisuallyHidden>
        <Availability user={user} />
      </span>
      <span className={classes.load}>
        <span className={classes.bar} aria-hidden>
          <span className={classes.fill} style={{ width: `${Math.round((100 * load) / most)}%` }} />
        </span>
        <Counter value={load} className={classes.number} />
        <VisuallyHidden>open</VisuallyHidden>
      </span>
    </button>
  );
}

const SHAPES = { available: IconCircle, busy: IconCircleHalf2, away: IconMoon } as const;

/** Busy and away are said by a shape and a word; who is available needs neither. */
function Availability({ user }: { user: User }) {
  if (user.availability === "available") return null;
  const Shape = SHAPES[user.availability];
  return (
    <span className={classes.availability} data-availability={user.availability}>
      <Shape size={12} stroke={1.75} aria-hidden />
      {availabilityWord(user.availability)}
    </span>
  );
}
