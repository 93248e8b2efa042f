// Counts as a table whose rows are bars: what is seen and what is read out are the same thing. Length and figure say it,
// never the colour.
import { UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import classes from "./Bars.module.css";
import card from "./Insights.module.css";
import type { Row } from "./shape";

interface BarsProps {
  title: string;
  /** What the rows are: the head of the first column. */
  what: string;
  rows: readonly Row[];
  name: (key: string) => ReactNode;
  /** Where a row leads. */
  address?: (key: string) => string;
}

const FEW = 8;

/** The table. */
export function Bars({ title, what, rows, name, address }: BarsProps) {
  const [all, setAll] = useState(false);
  return (
    <div className={card.card}>
      <table className={classes.table}>
        <caption className={classes.title}>{title}</caption>
        <colgroup>
          <col className={classes.names} />
          <col />
          <col className={classes.shares} />
        </colgroup>
        <thead className={classes.spoken}>
          <tr>
            <th scope="col">{what}</th>
            <th scope="col">Open calls</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FEW)).map(({ key, count, share, length }) => (
            <tr key={key} className={classes.row}>
              <th scope="row" className={classes.name}>
                {address ? (
                  <Link to={address(key)} className={classes.link}>
                    {name(key)}
                  </Link>
                ) : (
                  name(key)
                )}
              </th>
              <td className={classes.count}>
                <span className={classes.bar} style={{ inlineSize: `calc((100% - 40px) * ${length})` }} aria-hidden />
                {count}
              </td>
              <td className={classes.share}>{Math.round(share * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FEW && (
        <UnstyledButton className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${rows.length}`}
        </UnstyledButton>
      )}
    </div>
  );
}
