// The repairs: what stands in the workshop, as a board or as a list, with the filters in the address, and one repair open
// in the drawer (S3).
import { Button } from "@mantine/core";
import { IconFilterOff, IconPlus, IconTool } from "@tabler/icons-react";
import { useParams } from "react-router";
import { part } from "@/app/part";
import { useNarrow } from "@/app/useNarrow";
import { useNewRecord } from "@/app/useNewRecord";
import { useLoaded, useRecordByNumber } from "@/realtime/react";
import { ActionButton } from "@/widgets/ActionButton";
import { EmptyState } from "@/widgets/EmptyState";
import { LayoutSwitch } from "@/widgets/LayoutSwitch";
import { PageHeader } from "@/widgets/PageHeader";
import { ServiceBoard } from "./board/ServiceBoard";
import { ServicesSkeleton } from "./board/ServicesSkeleton";
import { useDeeds } from "./dialogs/useDeeds";
import { isFiltered, NO_FILTERS, withFilters } from "./filters";
import { ServiceList } from "./list/ServiceList";
import { SearchField, ServiceFilterBar } from "./ServiceFilterBar";
import styles from "./Services.module.css";
import { type Address, useAddress } from "./useAddress";
import { type Shown, useServices } from "./useServices";

const ServiceDrawer = part(() => import("./drawer/ServiceDrawer"));

/** The screen of the repairs. */
export default function Services() {
  const { number } = useParams();
  const address = useAddress();
  const shown = useServices(address.filters);
  const intake = useNewRecord();
  const narrow = useNarrow();
  return (
    <div className={styles.screen}>
      <PageHeader
        title="Repairs"
        count={shown.services.length}
        search={<SearchField text={address.filters.text} onText={(text) => address.filter({ text })} />}
        actions={
          <>
            {!narrow && <LayoutSwitch layout={address.layout} onLayout={address.lay} />}
            <ActionButton
              plural="services"
              command="create_service"
              label="New repair"
              size="xs"
              variant="filled"
              icon={<IconPlus size={16} stroke={1.75} />}
              onClick={() => intake.open("service")}
            />
          </>
        }
      >
        <ServiceFilterBar address={address} figures={shown.figures} />
      </PageHeader>
      <Work address={address} shown={shown} number={number} />
      {number !== undefined && <ServiceDrawer number={number} onClose={address.close} />}
    </div>
  );
}

interface WorkProps {
  address: Address;
  shown: Shown;
  number: string | undefined;
}

function Work({ address, shown, number }: WorkProps) {
  const loaded = useLoaded();
  const narrow = useNarrow();
  const deeds = useDeeds();
  const chosen = useRecordByNumber("services", number)?.id ?? null;
  if (!loaded) return <ServicesSkeleton />;
  if (shown.services.length === 0) return <Nothing address={address} total={shown.total} />;
  const shownBy = withFilters(new URLSearchParams(), address.filters).toString();
  return (
    <>
      {address.layout === "list" && !narrow ? (
        <ServiceList services={shown.services} address={address} chosen={chosen} run={deeds.run} />
      ) : (
        <ServiceBoard columns={shown.columns} shownBy={shownBy} chosen={chosen} to={address.to} run={deeds.run} />
      )}
      {deeds.dialog}
    </>
  );
}

function Nothing({ address, total }: { address: Address; total: number }) {
  const intake = useNewRecord();
  if (isFiltered(address.filters)) {
    return (
      <EmptyState
        icon={<IconFilterOff size={32} stroke={1.5} />}
        title="No repair passes these filters"
        text="Take some of them away to see more."
        action={
          <Button variant="default" onClick={() => address.filter(NO_FILTERS)}>
            Clear all filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<IconTool size={32} stroke={1.5} />}
      title={total === 0 ? "No repairs yet" : "Nothing in the workshop"}
      text={
        total === 0
          ? "Take in the first device: press n, or the button below."
          : "Every device was handed back. Those are found under the status Delivered."
      }
      action={<Button onClick={() => intake.open("service")}>New repair</Button>}
    />
  );
}
