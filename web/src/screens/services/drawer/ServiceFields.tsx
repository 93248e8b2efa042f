// The fields of a repair, edited where they are read.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useExplain, useMe } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { CustomerLine } from "@/record/CustomerLine";
import classes from "@/record/Drawer.module.css";
import { Line } from "@/record/Line";
import { LiveCategory } from "@/record/LiveCategory";
import { LiveSelect } from "@/record/LiveSelect";
import { LiveText } from "@/record/LiveText";
import { LiveTextarea } from "@/record/LiveTextarea";
import { Person } from "@/widgets/Person";
import { AssignDialog } from "../dialogs/AssignDialog";
import { currencies } from "../money";
import { type ServiceEditing, whyNoPrices } from "../serviceFields";
import { LinkLines } from "./LinkLines";
import { LiveAccessories } from "./LiveAccessories";
import { LiveDay } from "./LiveDay";
import { LiveMoney } from "./LiveMoney";
import { useUsualCurrency } from "./useUsualCurrency";

const OF_CUSTOMER = ["customer_name", "customer_phone"] as const;

interface ServiceFieldsProps {
  service: Service;
  editing: ServiceEditing;
}

/** Everything one may know and change of a repair. */
export function ServiceFields({ service, editing }: ServiceFieldsProps) {
  return (
    <div className={classes.fields}>
      <LiveTextarea editing={editing} field="reported_fault" label="Reported fault" bare />
      <div className={classes.group}>
        <TechnicianLine service={service} />
        <LiveDay editing={editing} field="promised_on" label="Promised" placeholder="Nothing promised" />
        <LiveCategory editing={editing} field="category_id" label="Category" plural="service_categories" />
      </div>
      <div className={classes.group}>
        <LiveText editing={editing} field="customer_name" label="Customer" />
        <CustomerLine record={service} editing={editing} takes={OF_CUSTOMER} />
        <LiveText editing={editing} field="customer_phone" label="Phone" inputMode="tel" maxLength={40} />
      </div>
      <div className={classes.group}>
        <LiveText editing={editing} field="brand" label="Brand" />
        <LiveText editing={editing} field="model" label="Model" />
        <LiveText editing={editing} field="serial_number" label="Serial no." maxLength={100} />
        <LiveAccessories editing={editing} />
        <LiveTextarea
          editing={editing}
          field="condition"
          label="Condition"
          placeholder="Scratches, dents, missing parts"
        />
      </div>
      <Prices service={service} editing={editing} />
      <LinkLines service={service} />
    </div>
  );
}

function TechnicianLine({ service }: { service: Service }) {
  const { allowed } = useExplain("services", service.id);
  const [assigning, setAssigning] = useState(false);
  return (
    <Line label="Technician">
      <Person id={service.technician_id} dot nobody="Nobody yet" />
      {allowed("assign_service") && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAssigning(true)}>
          {service.technician_id === null ? "Assign" : "Change"}
        </Button>
      )}
      {assigning && <AssignDialog service={service} onClose={() => setAssigning(false)} />}
    </Line>
  );
}

/** Prices are the desk's to say: to others they are there to be read, with the sentence why. */
function Prices({ service, editing }: ServiceFieldsProps) {
  const usual = useUsualCurrency();
  const why = whyNoPrices(useMe());
  const priced = why === null || editing.readOnly !== null ? editing : { ...editing, readOnly: why };
  const currency = service.currency ?? usual;
  const isPriced = service.estimate_minor !== null || service.price_minor !== null;
  return (
    <div className={classes.group}>
      <LiveMoney editing={priced} field="estimate_minor" label="Estimate" currency={currency} />
      <LiveMoney editing={priced} field="price_minor" label="Price" currency={currency} />
      {isPriced && (
        <LiveSelect
          editing={priced}
          field="currency"
          label="Currency"
          searchable
          options={currencies(usual).map((code) => ({ value: code, label: code }))}
        />
      )}
    </div>
  );
}
