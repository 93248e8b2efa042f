// The bar above the screen on a phone: the team, the connection, oneself.
import { Connection } from "./Connection";
import { Mark } from "./Mark";
import { MeMenu } from "./MeMenu";
import { useSession } from "./session";
import classes from "./TopBar.module.css";

/** The bar of a phone. */
export function TopBar() {
  const { tenant } = useSession();
  return (
    <header className={classes.bar}>
      <Mark size={24} />
      <span className={classes.team}>{tenant.name}</span>
      <Connection compact />
      <MeMenu collapsed position="bottom-end" />
    </header>
  );
}
