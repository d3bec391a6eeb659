// Translating: numbers and facts are held to the source as one types; a save does not leave the page.
"use strict";
const form = document.getElementById("translation"), state = document.getElementById("state");
const bar = document.getElementById("bar"), count = document.getElementById("count");
const fields = [...form.querySelectorAll("textarea[data-key]")];
let touched = false, leaving = false;

function fit(field) { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 4}px`; }

function tally() {
  const done = form.querySelectorAll(".unit.done").length;
  bar.value = done;
  count.textContent = `${done} of ${fields.length} passages`;
}

async function check(field) {
  const data = new FormData();
  data.set("key", field.dataset.key);
  data.set("words", field.value);
  const {status, facts} = await Foldwell.post(form.dataset.check, data).catch(() => ({status: 0}));
  if (status !== 200) return;
  const told = document.getElementById(field.getAttribute("aria-describedby")), words = document.createElement("span");
  const wrong = facts.mistakes.length > 0;
  words.className = wrong ? "bad" : "";
  words.textContent = facts.mistakes.join(" ");
  told.replaceChildren(words);
  wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  field.closest(".unit").classList.toggle("done", !wrong && field.value.trim() !== "");
  tally();
}

for (const field of fields) {
  const later = Foldwell.later(() => check(field), 300);
  fit(field);
  field.addEventListener("input", () => { touched = true; state.textContent = "Not saved"; fit(field); later(); });
}

async function save() {
  const data = new FormData(form);
  data.set("step", "save");
  state.textContent = "Saving…";
  touched = false;
  const {status, facts} = await Foldwell.post(form.action, data).catch(() => ({status: 0, facts: {}}));
  if (status === 409) { leaving = true; form.submit(); return; }
  if (status !== 200) {
    touched = true;
    state.textContent = (facts.wrong || ["Not saved: the studio does not answer."]).join(" ");
    return;
  }
  form.elements.seen.value = facts.seen;
  if (!touched) state.textContent = facts.said === "uncommitted" ? "Saved, but git did not take it" : "Saved; the version before is kept";
}

form.addEventListener("submit", event => {
  if (event.submitter && event.submitter.value === "done") { leaving = true; return; }
  event.preventDefault();
  save();
});
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
});
addEventListener("beforeunload", event => { if (touched && !leaving) event.preventDefault(); });
