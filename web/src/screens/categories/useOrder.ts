// The order of a list while it is dragged and until the server has agreed: what a person has just dropped stays where he
// dropped it, although the commands that move it are still under way.
import { useEffect, useState } from "react";
import { useAct } from "@/app/useAct";
import { type AnyCategory, KINDS, type Kind } from "./kinds";
import { movesFor } from "./moves";

/** The categories in order, and how to put them in another one. */
export function useOrder(kind: Kind, categories: readonly AnyCategory[]) {
  const act = useAct();
  const [dropped, setDropped] = useState<readonly string[] | null>(null);
  const ordered = dropped === null ? categories : inOrder(categories, dropped);

  useEffect(() => {
    if (dropped !== null && categories.every((one, index) => one.id === dropped[index])) setDropped(null);
  }, [dropped, categories]);

  const reorder = async (wanted: readonly AnyCategory[]) => {
    setDropped(wanted.map((one) => one.id));
    const moves = movesFor(wanted);
    const said = moves.length === 1 ? { said: "The order is changed." } : { quiet: true };
    await Promise.all(moves.map((move) => act(KINDS[kind].update, { ...move }, said)));
    setDropped(null);
  };
  return { ordered, reorder };
}

/** Records in the order of these ids; one that came meanwhile stands at the end, one that went is left out. */
export function inOrder(categories: readonly AnyCategory[], ids: readonly string[]): AnyCategory[] {
  const place = new Map(ids.map((id, index) => [id, index]));
  return [...categories].sort((a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length));
}
