// A category's colour and sign in one square: the colour alone never says which it is (V1).
import { categoryIcon } from "@/widgets/categoryIcons";
import classes from "./Swatch.module.css";

/** The square, 28 px. */
export function Swatch({ colour, icon }: { colour: string; icon: string | null }) {
  const Sign = categoryIcon(icon);
  return (
    <span className={classes.swatch} style={{ "--colour": colour } as React.CSSProperties} aria-hidden>
      {Sign ? <Sign size={16} stroke={1.75} /> : <span className={classes.dot} />}
    </span>
  );
}
