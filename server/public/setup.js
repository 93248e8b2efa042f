// The first set-up: takes the code out of the link, so that it need not be typed, and sends the form.
"use strict";

const form = document.getElementById("setup");
const intro = document.getElementById("intro");
const wrong = document.getElementById("wrong");

const code = new URLSearchParams(location.hash.slice(1)).get("code");
if (code) {
  form.elements.code.value = code;
  // The code shall not stay in the history.
  history.replaceState(null, "", location.pathname);
}

function say(error) {
  const fields = Object.entries(error.fields ?? {}).map(([name, said]) => `${name.replaceAll("_", " ")} ${said}`);
  wrong.textContent = fields.length ? `${fields.join("; ")}.` : error.message;
  wrong.hidden = false;
}

function finish(text) {
  form.remove();
  intro.textContent = text;
}

async function send() {
  const body = { ...Object.fromEntries(new FormData(form)), cookie_only: true };
  const response = await fetch("/api/setup", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) {
    finish("Your team is set up, and you are signed in.");
  } else {
    say((await response.json()).error);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  wrong.hidden = true;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await send();
  } catch {
    say({ message: "The server did not answer. Please try again." });
  } finally {
    button.disabled = false;
  }
});

fetch("/api/setup").then((response) => {
  if (response.status === 404) {
    finish("This server is set up already.");
  }
});
