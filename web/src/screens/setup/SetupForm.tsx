// The form of the first run: the team, oneself, a password. What the server finds wrong stands beside its field.
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { type FirstRun, type Me, setUp } from "@/app/account";
import { Failure } from "@/app/api";
import { fieldErrors } from "@/app/fieldErrors";
import { PasswordField } from "@/app/PasswordField";
import { isAcceptable } from "@/app/passwordRules";
import { Refused } from "@/app/Refused";
import classes from "./SetupForm.module.css";

const LABELS = {
  code: "The code",
  tenant_name: "The name of the team",
  display_name: "Your name",
  email: "The email",
  password: "The password",
};

const needed = (words: string) => (value: string) => (value.trim() === "" ? words : null);

/** Makes the first team; `code` is empty where one came without the link. */
export function SetupForm({ code, onDone }: { code: string; onDone: (me: Me) => void }) {
  const [refused, setRefused] = useState<string | null>(null);
  const [asksCode, setAsksCode] = useState(code === "");
  const [busy, setBusy] = useState(false);
  const form = useForm<FirstRun>({
    initialValues: { code, tenant_name: "", display_name: "", email: "", password: "" },
    validate: {
      code: needed("Enter the code that the server printed when it started."),
      tenant_name: needed("Name your team."),
      display_name: needed("Enter your name."),
      email: needed("Enter your email."),
      password: (value, all) =>
        isAcceptable(value, namesOf(all)) ? null : "Choose a password that meets the rules below.",
    },
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setRefused(null);
    try {
      onDone(await setUp({ ...values, code: values.code.trim() }));
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      form.setErrors(fieldErrors(failure.fields, LABELS));
      setAsksCode((asked) => asked || failure.code === "forbidden");
      setRefused(failure.message);
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Refused why={refused} />
      {asksCode && (
        <TextInput
          label="Set-up code"
          description="Part of the link that the server printed when it started."
          autoComplete="off"
          {...form.getInputProps("code")}
        />
      )}
      <TextInput label="Team" placeholder="Harbour Street Repairs" autoFocus {...form.getInputProps("tenant_name")} />
      <TextInput label="Your name" autoComplete="name" {...form.getInputProps("display_name")} />
      <TextInput label="Email" type="email" autoComplete="username" {...form.getInputProps("email")} />
      <PasswordField
        label="Password"
        password={form.values.password}
        names={namesOf(form.values)}
        {...form.getInputProps("password")}
      />
      <Button type="submit" loading={busy} fullWidth>
        Set up and sign in
      </Button>
    </form>
  );
}

const namesOf = ({ tenant_name, display_name, email }: FirstRun) => [tenant_name, display_name, email];
