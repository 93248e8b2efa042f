// The first run (S1): the link that the server printed brings its code in the hash, which leaves the history at once.
// Afterwards the first admin is signed in and stands before an empty board.
import { Loader } from "@mantine/core";
import { IconCircleCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { needsSetUp } from "@/app/account";
import { FramedPage } from "@/app/FramedPage";
import { SetupForm } from "./SetupForm";

type Answer = "asking" | "needed" | "done" | "silent";

/** `/setup#code=…` */
export default function Setup() {
  const navigate = useNavigate();
  const code = useCodeOfLink();
  const answer = useAnswer();
  if (answer === "done") return <Done />;
  if (answer === "silent") return <Silent />;
  return (
    <FramedPage title="Set up your team">
      <p>You become the first admin. Everybody else is invited from the board.</p>
      {answer === "asking" ? (
        <Loader size="sm" aria-label="Asking the server" />
      ) : (
        <SetupForm code={code} onDone={() => navigate("/", { replace: true })} />
      )}
    </FramedPage>
  );
}

function Done() {
  return (
    <FramedPage icon={IconCircleCheck} title="Set up already">
      <p>This server has its first team. Sign in to go on.</p>
      <Link to="/signin">Sign in</Link>
    </FramedPage>
  );
}

function Silent() {
  return (
    <FramedPage icon={IconPlugConnectedX} title="The server does not answer">
      <p>Check that it is running, then reload this page.</p>
    </FramedPage>
  );
}

/** The code of the link, read once and taken out of the address, so that it does not stay in the history. */
function useCodeOfLink(): string {
  const [code] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("code") ?? "");
  useEffect(() => {
    if (code !== "") window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [code]);
  return code;
}

function useAnswer(): Answer {
  const [answer, setAnswer] = useState<Answer>("asking");
  useEffect(() => {
    let gone = false;
    const say = (said: Answer) => {
      if (!gone) setAnswer(said);
    };
    needsSetUp().then(
      (needed) => say(needed ? "needed" : "done"),
      () => say("silent"),
    );
    return () => {
      gone = true;
    };
  }, []);
  return answer;
}
