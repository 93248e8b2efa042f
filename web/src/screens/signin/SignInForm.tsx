// The form that signs one in: on its own page, and where a session ended. Refusals are the server's own sentences.
import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { type Credentials, type Me, signIn } from "@/app/account";
import { Failure } from "@/app/api";
import { Refused } from "@/app/Refused";
import classes from "./SignInForm.module.css";

interface SignInFormProps {
  email?: string;
  /** The team's short name, where it is known already. */
  tenant?: string;
  onSignedIn: (me: Me) => void;
}

/** Email, password and, where somebody belongs to several teams here, which one. */
export function SignInForm({ email = "", tenant = "", onSignedIn }: SignInFormProps) {
  const [asksTeam, setAsksTeam] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email, password: "", tenant },
    validate: {
      email: (value) => (value.trim() === "" ? "Enter your email." : null),
      password: (value) => (value === "" ? "Enter your password." : null),
    },
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setRefused(null);
    try {
      onSignedIn(await signIn(credentialsOf(values)));
    } catch (failure) {
      setRefused(sentenceOf(failure));
      form.setFieldValue("password", "");
      document.getElementById(PASSWORD)?.focus();
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Refused why={refused} />
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoFocus={email === ""}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        id={PASSWORD}
        label="Password"
        autoComplete="current-password"
        autoFocus={email !== ""}
        {...form.getInputProps("password")}
      />
      {asksTeam && (
        <TextInput
          label="Team"
          description="The short name of the team, as whoever invited you gave it."
          autoCapitalize="none"
          autoFocus
          {...form.getInputProps("tenant")}
        />
      )}
      <Button type="submit" loading={busy} fullWidth>
        Sign in
      </Button>
      {!asksTeam && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAsksTeam(true)} className={classes.team}>
          I belong to several teams
        </Anchor>
      )}
    </form>
  );
}

const PASSWORD = "signin-password";

function credentialsOf({ email, password, tenant }: { email: string; password: string; tenant: string }): Credentials {
  const team = tenant.trim();
  return { email: email.trim(), password, ...(team !== "" && { tenant: team }) };
}

function sentenceOf(failure: unknown): string {
  if (!(failure instanceof Failure)) throw failure;
  if (failure.code === "rate_limited" && failure.retryAfter !== null)
    return `Too many attempts. Wait ${failure.retryAfter} seconds, then try again.`;
  return failure.message;
}
