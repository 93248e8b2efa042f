// The team as a table: a row each, whose name opens the person.
import { type CSSProperties, memo, type ReactNode } from "react";
import { Link } from "react-router";
import { useGlow } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { Person } from "@/widgets/Person";
import { roleWord } from "@/widgets/words";
import table from "../lists/RecordTable.module.css";
import { useArrowRows } from "../lists/useArrowRows";
import { Availability } from "./Availability";
import { Load } from "./Load";
import { loadOf, type OpenWork, workOf } from "./openWork";
import classes from "./PeopleTable.module.css";
import { useLastChanges, useOnline, useOpenWork } from "./useTeam";

const COLUMNS = {
  "--columns": "minmax(220px, 2fr) minmax(90px, 1fr) minmax(150px, 1.2fr) minmax(180px, 1.4fr) 100px",
  "--columns-middle": "minmax(180px, 2fr) minmax(80px, 1fr) minmax(150px, 1.4fr)",
  "--columns-narrow": "minmax(0, 1fr) auto",
} as CSSProperties;

interface PeopleTableProps {
  people: readonly User[];
  openId: string | null;
  /** The query that links keep. */
  search: string;
  /** What stands under the rows. */
  children?: ReactNode;
}

/** Head and rows. */
export function PeopleTable({ people, openId, search, children }: PeopleTableProps) {
  const work = useOpenWork();
  const last = useLastChanges();
  const online = useOnline();
  const onKeyDown = useArrowRows();
  const most = Math.max(0, ...people.map((user) => loadOf(workOf(work, user.id))));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk through the links within
    <div className={table.scroll} onKeyDown={onKeyDown}>
      <table aria-label="People" className={table.table} style={COLUMNS}>
        <Head />
        <tbody>
          {people.map((user) => (
            <PersonRow
              key={user.id}
              user={user}
              work={workOf(work, user.id)}
              most={most}
              last={last.get(user.id) ?? null}
              online={online.has(user.id)}
              open={user.id === openId}
              search={search}
            />
          ))}
        </tbody>
      </table>
      {children}
    </div>
  );
}

function Head() {
  return (
    <thead>
      <tr className={table.head}>
        <th scope="col">Name</th>
        <th scope="col" className={table.middleOnly}>
          Role
        </th>
        <th scope="col" className={table.wideOnly}>
          Availability
        </th>
        <th scope="col">Open work</th>
        <th scope="col" className={table.wideOnly}>
          Last change
        </th>
      </tr>
    </thead>
  );
}

interface PersonRowProps {
  user: User;
  work: OpenWork;
  most: number;
  last: string | null;
  online: boolean;
  open: boolean;
  /** The query that the link keeps. */
  search: string;
}

const PersonRow = memo(function PersonRow({ user, work, most, last, online, open, search }: PersonRowProps) {
  const glow = useGlow("users", user.id);
  return (
    <tr
      className={table.row}
      data-open={open || undefined}
      data-dim={!user.active || undefined}
      data-glow={glow !== null || undefined}
    >
      <td className={classes.person}>
        <Person id={user.id} size="md" name={false} dot />
        <div className={table.main}>
          <Link
            className={`${table.link} ${table.name}`}
            to={{ pathname: `/users/${user.number}`, search }}
            data-row-link
          >
            <bdi>{user.display_name}</bdi>
          </Link>
          <div className={table.under}>
            <span className={table.narrowOnly}>{roleWord(user.role)} · </span>
            {user.email}
          </div>
        </div>
      </td>
      <td className={`${table.cell} ${table.middleOnly}`}>{roleWord(user.role)}</td>
      <td className={`${table.cell} ${table.wideOnly}`}>
        <Availability state={user.availability} />
        <span className={classes.here}>{online ? "on the board" : ""}</span>
      </td>
      <td className={table.cell}>
        <Load work={work} most={most} />
      </td>
      <td className={`${table.cell} ${table.wideOnly} ${table.quiet}`}>
        {last === null ? "–" : <Age at={last} ago />}
      </td>
    </tr>
  );
});
