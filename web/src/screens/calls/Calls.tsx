// The call board (S2, V2): the calls in columns or as a list, the team beside them, one call in a drawer. It opens at
// once from what is in memory; drawer and dialogs come in parts of their own when they are first wanted (U6).
import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { part } from "@/app/part";
import { useLoaded, useRecordByNumber, useRecords } from "@/realtime/react";
import { BoardGround } from "./BoardGround";
import classes from "./Calls.module.css";
import { CallsHead } from "./CallsHead";
import { TeamRail } from "./TeamRail";
import { useCallsAddress } from "./useCallsAddress";
import { useCallsShown, useNames, useViewCounts } from "./useCallsShown";
import { useViews } from "./useViews";
import { viewQuery } from "./views";

const CallDrawer = part(() => import("./drawer/CallDrawer"));
const TeamSheet = part(() => import("./TeamSheet"));

/** Below this the team opens from a button. */
const NO_RAIL = "(max-width: 62em)";

/** The call board with its drawer. */
export default function Calls() {
  const { number } = useParams();
  const navigate = useNavigate();
  const { views, save, remove } = useViews();
  const address = useCallsAddress(views);
  const names = useNames();
  const loaded = useLoaded();
  const all = useRecords("calls");
  const shown = useCallsShown(address.filters, address.sort, names);
  const order = useMemo(
    () => (address.layout === "list" ? shown.calls : shown.columns.flatMap(({ calls }) => calls)),
    [address.layout, shown],
  );
  const counts = useViewCounts(views, all);
  const opened = useRecordByNumber("calls", number)?.id ?? null;
  const noRail = useMediaQuery(NO_RAIL, undefined, { getInitialValueInEffect: false }) ?? false;
  const [team, setTeam] = useState(false);

  const choose = (id: string) => {
    const { filters, setFilters } = address;
    const only = filters.assignees.length === 1 && filters.assignees[0] === id;
    setFilters({ ...filters, assignees: only ? [] : [id] });
    setTeam(false);
  };
  const rail = <TeamRail calls={all} chosen={address.filters.assignees} onChoose={choose} />;
  const close = () => navigate({ pathname: "/", search: address.params.toString() });
  return (
    <div className={classes.screen}>
      <div className={classes.head}>
        <CallsHead
          address={address}
          names={names}
          count={shown.calls.length}
          loaded={loaded}
          views={{
            views,
            counts,
            onChoose: address.setView,
            onSave: (name) => save(name, viewQuery(address.params)),
            onRemove: remove,
          }}
          onTeam={noRail ? () => setTeam(true) : null}
        />
      </div>
      <BoardGround
        address={address}
        shown={shown}
        opened={opened}
        empty={all.length === 0}
        rail={noRail ? null : rail}
      />
      {noRail && team && <TeamSheet onClose={() => setTeam(false)}>{rail}</TeamSheet>}
      {number !== undefined && <CallDrawer key={number} number={number} order={order} onClose={close} />}
    </div>
  );
}
