// The fields of a call, edited where they are read.
import { Link, useLocation } from "react-router";
import { useExplain, useRecord } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { CustomerLine } from "@/record/CustomerLine";
import classes from "@/record/Drawer.module.css";
import { Line } from "@/record/Line";
import { LiveCategory } from "@/record/LiveCategory";
import { LiveDate } from "@/record/LiveDate";
import { LiveSelect } from "@/record/LiveSelect";
import { LiveText } from "@/record/LiveText";
import { LiveTextarea } from "@/record/LiveTextarea";
import { Person } from "@/widgets/Person";
import { PriorityMark } from "@/widgets/PriorityMark";
import { numberOf } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import { priorityWord } from "@/widgets/words";
import { AssignMenu } from "./AssignCall";
import type { CallEditing } from "./callFieldNames";
import { OtherOpenCalls } from "./OtherOpenCalls";

const PRIORITIES = (["low", "normal", "high", "urgent"] as const).map((value) => ({
  value,
  label: priorityWord(value),
}));

const OF_CUSTOMER = ["customer_name", "customer_phone", "customer_address"] as const;

interface CallFieldsProps {
  call: Call;
  editing: CallEditing;
  /** The call was deleted: there is nobody to give it to. */
  gone?: boolean;
}

/** Everything one may know and change of a call. */
export function CallFields({ call, editing, gone = false }: CallFieldsProps) {
  return (
    <div className={classes.fields}>
      {(editing.readOnly === null || call.description) && (
        <LiveTextarea
          editing={editing}
          field="description"
          label="Description"
          placeholder="What happens, since when?"
          bare
        />
      )}
      <div className={classes.group}>
        <LiveText editing={editing} field="customer_name" label="Customer" />
        <CustomerLine record={call} editing={editing} takes={OF_CUSTOMER} />
        <OtherOpenCalls call={call} />
        <LiveText editing={editing} field="customer_phone" label="Phone" inputMode="tel" maxLength={40} />
        <LiveText editing={editing} field="customer_address" label="Address" maxLength={4000} />
      </div>
      <div className={classes.group}>
        <AssigneeLine call={call} gone={gone} />
        <LiveSelect
          editing={editing}
          field="priority"
          label="Priority"
          options={PRIORITIES}
          mark={(value) => <PriorityMark priority={value} />}
        />
        <LiveCategory editing={editing} field="category_id" label="Category" plural="categories" />
        <LiveDate editing={editing} field="due_at" label="Due" placeholder="No due time" />
        <RepairLine call={call} />
      </div>
    </div>
  );
}

function AssigneeLine({ call, gone }: { call: Call; gone: boolean }) {
  const { allowed } = useExplain("calls", call.id);
  return (
    <Line label="Engineer">
      <Person id={call.assignee_id} dot nobody="Nobody yet" />
      {!gone && allowed("assign_call") && (
        <AssignMenu call={call} label={call.assignee_id ? "Hand over" : "Assign"} size="compact-xs" variant="subtle" />
      )}
    </Line>
  );
}

/** The carry-in that the call became. */
function RepairLine({ call }: { call: Call }) {
  const service = useRecord("services", call.service_id);
  const { search } = useLocation();
  if (!call.service_id) return null;
  return (
    <Line label="Repair">
      {service ? (
        <>
          <Link className={classes.link} to={{ pathname: `/services/${service.number || service.id}`, search }}>
            {numberOf("services", service)}
          </Link>
          <StatusBadge plural="services" status={service.status} />
        </>
      ) : (
        <span className={classes.quiet}>deleted</span>
      )}
    </Line>
  );
}
