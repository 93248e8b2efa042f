// What the control of every live field tells its field: which one it is, that hands are in it, and what is wrong with it;
// and, where one types, the keys that save and that take the typing back (L5).
import type { KeyboardEvent } from "react";
import type { Editing } from "./useEditing";

/** The part of a control's props that is the same whatever it edits. */
export function liveControl<K extends string>(editing: Editing<K>, field: K, id: string) {
  return {
    id,
    "data-field": field,
    variant: "unstyled",
    "aria-invalid": editing.fault(field) !== undefined,
    "aria-describedby": editing.fault(field) ? `${id}-fault` : undefined,
    onFocus: () => editing.focus(field),
    onBlur: () => editing.blur(field),
  } as const;
}

/** Escape takes the typing back, and does not reach the drawer then; Enter saves where it is meant so. */
export function typingKeys<K extends string>(
  editing: Editing<K>,
  field: K,
  saves: (event: KeyboardEvent<HTMLElement>) => boolean,
) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing && saves(event)) {
      event.preventDefault();
      editing.save(field);
    }
    if (event.key === "Escape" && editing.isDirty(field)) {
      event.stopPropagation();
      editing.revert(field);
    }
  };
}
