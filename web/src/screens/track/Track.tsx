// The customer's own page about his repair, by the code on the slip: no sign-in, little said, live. It stands outside the
// shell and asks for nothing of the board, so that it opens at once on any telephone.
import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { CodeForm } from "./CodeForm";
import { readCode } from "./code";
import { type Following, follow } from "./following";
import { Journey } from "./Journey";
import styles from "./Track.module.css";

/** `/track/<code>`, and `/track` alone with a field for the code. */
export default function Track() {
  const { code: given } = useParams();
  const code = given === undefined ? null : readCode(given);
  return (
    <main className={styles.page}>
      <section className={styles.card}>
        {code === null ? <NoCode typed={given ?? ""} /> : <Repair key={code} code={code} />}
      </section>
    </main>
  );
}

function Repair({ code }: { code: string }) {
  const [now, setNow] = useState<Following>({ state: "asking" });
  useEffect(() => follow(code, (news) => setNow((before) => keepWhatIsKnown(before, news))), [code]);
  useEffect(() => {
    document.title = now.state === "found" ? `${now.tracked.number}: ${now.tracked.status}` : "Your repair";
  }, [now]);
  if (now.state === "asking") return <Waiting />;
  if (now.state === "unknown") return <Unknown typed={code} />;
  if (now.state === "limited") return <Sentence title="Too many wrong codes" text={waitWords(now.seconds)} />;
  if (now.state === "unreachable") {
    return <Sentence title="We cannot be reached" text="Check your connection. This page tries again by itself." />;
  }
  return (
    <>
      <Journey tracked={now.tracked} />
      <p className={styles.foot}>
        <span className={styles.dot} data-live={now.live} aria-hidden="true" />
        This page changes by itself when there is news.
      </p>
    </>
  );
}

// Once something is known it stays on the page while a connection comes and goes.
function keepWhatIsKnown(before: Following, news: Following): Following {
  if (before.state !== "found" || news.state === "found" || news.state === "unknown") return news;
  return { ...before, live: false };
}

function NoCode({ typed }: { typed: string }) {
  return typed === "" ? (
    <Ask
      title="How is your repair going?"
      text="The code is on the slip that you were given at the counter."
      typed=""
    />
  ) : (
    <Unknown typed={typed} />
  );
}

function Unknown({ typed }: { typed: string }) {
  const text = "Compare the code with your slip. A repair can be followed until 90 days after it was handed back.";
  return <Ask title="We know of no repair with this code" text={text} typed={typed} />;
}

function Ask({ title, text, typed }: { title: string; text: string; typed: string }) {
  const navigate = useNavigate();
  return (
    <>
      <Sentence title={title} text={text} />
      <CodeForm typed={typed} onCode={(code) => navigate(`/track/${code}`)} />
    </>
  );
}

function Sentence({ title, text }: { title: string; text: string }) {
  return (
    <div role="status">
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Looking for your repair">
      <Skeleton height={16} width="40%" />
      <Skeleton height={32} width="90%" mt={12} />
      <Skeleton height={44} mt={24} />
      <Skeleton height={16} width="70%" mt={40} />
    </div>
  );
}

const waitWords = (seconds: number) =>
  `Wait ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}: this page tries again by itself.`;
