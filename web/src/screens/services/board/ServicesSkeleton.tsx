// The shape of the board before the repairs are there: no spinner, no jump (V4).
import { CardSkeleton } from "@/widgets/Skeletons";
import { COLUMNS } from "../stages";
import styles from "./ServiceBoard.module.css";
import column from "./ServiceColumn.module.css";

/** Columns of empty cards. */
export function ServicesSkeleton() {
  return (
    <div className={styles.board} role="status" aria-label="Loading the repairs">
      {COLUMNS.map((status, place) => (
        <div key={status} className={column.column}>
          <div className={column.skeletons}>
            {[0, 1, 2, 3].slice(0, 4 - (place % 3)).map((card) => (
              <CardSkeleton key={card} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
