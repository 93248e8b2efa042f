// A person as the board shows him everywhere: initials on a neutral tint, and the name. The same person always has the
// same tint; it says nothing, it only helps the eye.
import { Avatar } from "@mantine/core";
import clsx from "clsx";
import { usePerson, useViewers } from "@/realtime/react";
import { initialsOf, tintOf } from "./initials";
import classes from "./Person.module.css";
import { useHint } from "./useHint";

export type PersonSize = "xs" | "sm" | "md" | "lg";

export interface PersonProps {
  id: string | null | undefined;
  size?: PersonSize;
  /** The name beside the avatar; without it the name stands in a tooltip. */
  name?: boolean;
  /** A dot that says whether the person is here now. */
  dot?: boolean;
  /** What stands where there is no person. */
  nobody?: string;
  className?: string | undefined;
}

const PIXELS: Record<PersonSize, number> = { xs: 18, sm: 22, md: 28, lg: 40 };

/** A person, or "Nobody". */
export function Person({ id, size = "sm", name = true, dot = false, nobody = "Nobody", className }: PersonProps) {
  const person = usePerson(id);
  const label = id ? `${person.name}${person.former ? " (former)" : ""}` : nobody;
  const { handlers, tip } = useHint(name ? null : label);
  const face = (
    <span className={classes.face}>
      <Avatar
        size={PIXELS[size]}
        radius={999}
        classNames={{ root: clsx(classes.avatar, !id && classes.nobody), placeholder: classes.initials }}
        data-tint={id ? tintOf(id) : undefined}
        data-size={size}
        {...(name ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      >
        {id ? initialsOf(person.name) : ""}
      </Avatar>
      {dot && id ? <PresenceDot id={id} className={classes.onFace} /> : null}
    </span>
  );
  if (!name)
    return (
      <>
        <span className={clsx(classes.person, className)} {...handlers}>
          {face}
        </span>
        {tip}
      </>
    );
  return (
    <span className={clsx(classes.person, className)}>
      {face}
      <span className={clsx(classes.name, (!id || person.former) && classes.quiet)} dir="auto">
        {id ? person.name : nobody}
      </span>
      {person.former ? <span className={classes.former}>former</span> : null}
    </span>
  );
}

/** Filled and green while the person is connected, hollow while not: the shape says it too. */
export function PresenceDot({ id, className }: { id: string; className?: string | undefined }) {
  const here = useViewers("team").some(({ user }) => user.id === id);
  return (
    <span
      className={clsx(classes.dot, className)}
      data-here={here || undefined}
      role="img"
      aria-label={here ? "online" : "offline"}
    />
  );
}
