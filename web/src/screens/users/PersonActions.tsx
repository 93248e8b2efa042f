// What an admin can do with somebody's account. Each button is there for everyone, and says why where it is not allowed.
import { useState } from "react";
import { useAct } from "@/app/useAct";
import type { User } from "@/realtime/schema";
import { ActionButton } from "@/widgets/ActionButton";
import drawer from "../lists/Drawer.module.css";
import { ChangeEmail } from "./ChangeEmail";
import { HandOver } from "./HandOver";
import { ResetPassword } from "./ResetPassword";

type Doing = "email" | "password" | "deactivate" | "delete";

interface PersonActionsProps {
  user: User;
  /** The person is deleted. */
  onGone: () => void;
}

/** The row of buttons and its dialogs. */
export function PersonActions({ user, onGone }: PersonActionsProps) {
  const act = useAct();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const button = { plural: "users", id: user.id } as const;
  const activate = () => act("activate_user", { id: user.id }, { said: `${user.display_name} can sign in again.` });
  return (
    <div className={drawer.actions}>
      <ActionButton {...button} command="reset_password" label="Reset password" onClick={() => setDoing("password")} />
      <ActionButton {...button} command="change_email" label="Change email" onClick={() => setDoing("email")} />
      {user.active ? (
        <ActionButton {...button} command="deactivate_user" label="Deactivate" onClick={() => setDoing("deactivate")} />
      ) : (
        <ActionButton {...button} command="activate_user" label="Activate" onClick={activate} />
      )}
      <ActionButton {...button} command="delete_user" label="Delete" onClick={() => setDoing("delete")} />
      {doing === "email" && <ChangeEmail user={user} onClose={close} />}
      {doing === "password" && <ResetPassword user={user} onClose={close} />}
      {doing === "deactivate" && <HandOver user={user} command="deactivate_user" onClose={close} />}
      {doing === "delete" && <HandOver user={user} command="delete_user" onClose={close} onDone={onGone} />}
    </div>
  );
}
