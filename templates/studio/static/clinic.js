// The form of a clinic: as one types, how each fact is read, what is wrong, and where it prints.
"use strict";
const form = document.getElementById("clinic-form"), impact = document.getElementById("impact");
const contact = document.getElementById("contact");
contact.style.setProperty("--solid", contact.dataset.solid);
contact.style.setProperty("--on-solid", contact.dataset.on);
let asked = 0;
const check = Foldwell.later(async () => {
  const mine = ++asked;
  let status, facts;
  try {
    ({status, facts} = await Foldwell.post(form.dataset.check, new FormData(form)));
  } catch {
    impact.textContent = "Not checked: the studio does not answer. Is it still running?";
    return;
  }
  if (mine !== asked) return;
  if (status !== 200) { impact.textContent = (facts.wrong || []).join(" "); return; }
  for (const hint of form.querySelectorAll(".hint")) {
    const name = hint.id.replace(/-hint$/, ""), wrong = facts.errors[name], told = facts.told[name];
    const words = document.createElement("span");
    if (wrong) { words.className = "bad"; words.textContent = wrong.join(" "); }
    else words.textContent = told ? `Prints as ${told}` : "";
    hint.replaceChildren(words);
    const field = form.querySelector(`[aria-describedby="${hint.id}"]`);
    if (field) field.toggleAttribute("aria-invalid", false), wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  }
  for (const place of document.querySelectorAll("[data-told]")) {
    const told = facts.told[place.dataset.told];
    if (told !== undefined) place.textContent = told.split(" (dials")[0];
  }
  const other = facts.errors[""];
  impact.textContent = [facts.impact, ...(other || [])].join(" ");
}, 250);
form.addEventListener("input", check);
// The last row of a table is always empty: filled in, it brings the next.
form.addEventListener("input", event => {
  const row = event.target.closest(".rows tbody tr");
  if (!row || row.nextElementSibling || row.closest("table").dataset.rows === "out_of_hours" || !event.target.value) return;
  const next = row.cloneNode(true);
  const many = row.parentElement.children.length + 1;
  for (const field of next.querySelectorAll("input")) {
    field.value = "";
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, many));
  }
  row.after(next);
});
let sent = false, touched = false;
form.addEventListener("input", () => { touched = true; });
form.addEventListener("submit", () => { sent = true; });
addEventListener("beforeunload", event => { if (touched && !sent) event.preventDefault(); });
