// What can be done for a customer now: a new call or repair in their name, or cleaning up the list.
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAct } from "@/app/useAct";
import { useNewRecord } from "@/app/useNewRecord";
import type { Customer } from "@/realtime/schema";
import { ActionButton } from "@/widgets/ActionButton";
import drawer from "../lists/Drawer.module.css";
import { MergeCustomer } from "./MergeCustomer";

interface CustomerActionsProps {
  customer: Customer;
  /** The customer is deleted. */
  onGone: () => void;
}

/** The row of buttons. */
export function CustomerActions({ customer, onGone }: CustomerActionsProps) {
  const act = useAct();
  const navigate = useNavigate();
  const intake = useNewRecord();
  const [merging, setMerging] = useState(false);
  const remove = async () => {
    const outcome = await act("delete_customer", { id: customer.id }, { said: `${customer.name} was deleted.` });
    if (outcome !== null) onGone();
  };
  const own = { plural: "customers", id: customer.id } as const;
  return (
    <div className={drawer.actions}>
      <ActionButton
        plural="calls"
        command="create_call"
        label="New call"
        onClick={() => intake.open("call", { customer: customer.id })}
      />
      <ActionButton
        plural="services"
        command="create_service"
        label="New repair"
        onClick={() => intake.open("service", { customer: customer.id })}
      />
      <ActionButton {...own} command="merge_customer" label="Merge" onClick={() => setMerging(true)} />
      <ActionButton {...own} command="delete_customer" label="Delete" onClick={remove} />
      {merging && (
        <MergeCustomer
          customer={customer}
          onClose={() => setMerging(false)}
          onMerged={(into) => navigate(`/customers/${into.number}`)}
        />
      )}
    </div>
  );
}
