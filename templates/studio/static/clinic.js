// The form of a clinic: as one types, how each fact is read, what is wrong, and where it prints.
"use strict";
const form = document.getElementById("clinic-form"), impact = document.getElementById("impact");
const contact = document.getElementById("contact");
function paint([solid, on]) {
  contact.style.setProperty("--solid", solid);
  contact.style.setProperty("--on-solid", on);
}
paint([contact.dataset.solid, contact.dataset.on]);
let asked = 0;
const seen = new Set();
form.addEventListener("focusout", event => { seen.add(event.target.id); if (form.dataset.new) check(); });
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
  paint(facts.solid);
  for (const hint of form.querySelectorAll(".hint")) {
    const name = hint.id.replace(/-hint$/, ""), told = facts.told[name];
    const field = form.querySelector(`[aria-describedby="${hint.id}"]`);
    let wrong = facts.errors[name];
    // What nobody came to yet is not missing yet.
    if (form.dataset.new && field && !field.value && !seen.has(field.id)) wrong = undefined;
    const asWritten = field && told === field.value.trim().replaceAll("\n", " / ");
    const words = document.createElement("span");
    if (wrong) { words.className = "bad"; words.textContent = wrong.join(" "); }
    else words.textContent = told && !asWritten && !["region", "nation", "brand", "cover", "tags"].includes(name) ? `Prints as ${told}` : "";
    hint.replaceChildren(words);
    if (field) field.toggleAttribute("aria-invalid", false), wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  }
  for (const place of document.querySelectorAll("[data-told]")) {
    const told = facts.told[place.dataset.told];
    if (told !== undefined) place.textContent = told.split(" (dials")[0].replaceAll(" / ", "\n").replaceAll("; ", "\n");
  }
  const hours = document.getElementById("hours-read");
  if (hours) {
    const rows = (facts.told.hours || "").split("; ").filter(Boolean);
    hours.replaceChildren(...rows.map(text => {
      const row = document.createElement("tr"), days = document.createElement("th"), time = document.createElement("td");
      days.scope = "row";
      [days.textContent, time.textContent] = text.split(/: (.*)/s);
      row.append(days, time);
      return row;
    }));
    hours.closest("table").hidden = rows.length === 0;
  }
  const other = facts.errors[""];
  const many = /(\d+) leaflets?, /.exec(facts.impact || ""), words = document.getElementById("save-words");
  if (seenIn) words.textContent = many ? `Save for ${many[1]} leaflet${many[1] === "1" ? "" : "s"}` : "Save";
  impact.textContent = [facts.impact, ...(other || [])].join(" ");
}, 250);
form.addEventListener("input", check);
// The pages that print what was changed, one leaflet after another; a newer change overtakes.
const seenIn = document.getElementById("seen-in"), self = String(Math.random()).slice(2);
let turn = 0;
const look = Foldwell.later(async () => {
  const mine = ++turn, told = document.getElementById("seen-told");
  const items = [...seenIn.querySelectorAll("li")];
  seenIn.hidden = false;
  let count = 0;
  for (const [at, item] of items.entries()) {
    const data = new FormData(form);
    data.set("leaflet", item.dataset.leaflet);
    data.set("language", item.dataset.language);
    data.set("page", self);
    data.set("number", String(mine));
    const {status, facts} = await Foldwell.post(seenIn.dataset.address, data).catch(() => ({status: 0, facts: {}}));
    if (mine !== turn) return;
    if (status !== 200 || facts.overtaken) { told.textContent = "These pages cannot be shown."; return; }
    if (!facts.pages.length && !(facts.errors || []).length) { told.textContent = "What is written cannot be printed yet."; return; }
    const strip = item.querySelector(".strip");
    const figures = facts.pages.map(page => {
      const figure = document.createElement("figure"), image = new Image();
      image.alt = "A page with what was changed";
      image.src = page.address;
      figure.append(image);
      for (const box of page.marks) {
        const spot = document.createElement("span");
        spot.className = "spot here";
        spot.style.cssText = `left:${box[0] * 100}%;top:${box[1] * 100}%;width:${box[2] * 100}%;height:${box[3] * 100}%`;
        figure.append(spot);
      }
      return figure;
    });
    const wrong = (facts.errors || []).map(text => { const words = document.createElement("p"); words.className = "bad"; words.textContent = text; return words; });
    strip.replaceChildren(...figures, ...wrong);
    item.hidden = false;
    count += facts.many > 0;
    told.textContent = `${count} of ${at + 1} leaflets print it${at + 1 < items.length ? "; the others are being set…" : "."}`;
  }
}, 100);
if (seenIn) {
  form.addEventListener("input", look);
  // Whoever comes to a field will change it: the first leaflet is set, so that only what changes is
  // set then.
  form.addEventListener("focusin", () => {
    const first = seenIn.querySelector("li"), data = new FormData(form);
    if (!first) return;
    for (const [name, value] of Object.entries({leaflet: first.dataset.leaflet, language: first.dataset.language, page: self, number: "0"})) data.set(name, value);
    Foldwell.post(seenIn.dataset.address, data).catch(() => {});
  }, {once: true});
}
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
// What was written before this script came, or was kept by the browser, is looked at too.
if ([...form.querySelectorAll("input:not([type=hidden]), textarea")].some(field => field.value !== field.defaultValue)) check();
