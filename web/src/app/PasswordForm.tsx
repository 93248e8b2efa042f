// Choosing another password: in the settings, and where an admin set the present one.
import { Button, Group, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { toast } from "@/widgets/toast";
import { Failure } from "./api";
import { fieldErrors } from "./fieldErrors";
import { PasswordField } from "./PasswordField";
import classes from "./PasswordForm.module.css";
import { isAcceptable } from "./passwordRules";
import { Refused } from "./Refused";
import { useSession } from "./session";

const LABELS = { current: "The present password", new: "The new password" };

/** The present password and a new one; `onLater`, where one may put it off. */
export function PasswordForm({ onLater }: { onLater?: () => void }) {
  const { me, tenant, changePassword } = useSession();
  const names = [me.email, me.display_name, tenant.name, tenant.slug];
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { current: "", new: "" },
    validate: {
      current: (value) => (value === "" ? "Enter your present password." : null),
      new: (value) => (isAcceptable(value, names) ? null : "Choose a password that meets the rules below."),
    },
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setRefused(null);
    try {
      await changePassword(values.current, values.new);
      toast({ type: "success", message: "Password changed. You are signed out everywhere else." });
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      form.setErrors(fieldErrors(failure.fields, LABELS));
      if (Object.keys(failure.fields).length === 0) setRefused(failure.message);
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Refused why={refused} />
      <input type="text" autoComplete="username" value={me.email} readOnly hidden />
      <PasswordInput
        data-autofocus
        label="Present password"
        autoComplete="current-password"
        {...form.getInputProps("current")}
      />
      <PasswordField label="New password" password={form.values.new} names={names} {...form.getInputProps("new")} />
      <Group justify="flex-end" gap="xs">
        {onLater !== undefined && (
          <Button variant="default" onClick={onLater}>
            Later
          </Button>
        )}
        <Button type="submit" loading={busy}>
          Change password
        </Button>
      </Group>
    </form>
  );
}
