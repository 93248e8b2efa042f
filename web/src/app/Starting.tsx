// What stands there in the moment before it is known who is signed in: the frame without words, so that nothing jumps.
import classes from "./Starting.module.css";

/** The empty frame. */
export function Starting() {
  return (
    <div className={classes.frame} aria-busy="true">
      <div className={classes.rail} />
      <p className={classes.words}>Opening the board</p>
    </div>
  );
}
