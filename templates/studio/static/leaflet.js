// The bench of a leaflet: editor, preview that follows it, the way from page to line, the fold.
"use strict";
const form = document.getElementById("words"), field = document.getElementById("text");
const state = document.getElementById("state"), live = document.getElementById("live");
const pages = document.getElementById("pages"), lineOf = document.getElementById("findings"), toKnow = document.getElementById("to-know");
const leaflet = location.pathname;
const view = form.dataset.view, words = {clinic: form.dataset.clinic, format: form.dataset.format, medium: form.dataset.medium};
const self = String(Math.random()).slice(2);
const facts = JSON.parse(form.dataset.facts);
let editor = null, number = 0, saved = field.value, plain = localStorage.getItem("plain") === "yes";
let spots = [], waiting = null, busy = false, shown = new Set();
const stale = document.getElementById("stale"), offered = ["print", "download"].map(id => document.getElementById(id)).filter(Boolean);
let old = false;  // whether words were saved since this page was loaded

// Files were made of the words that this page came with: of others, none is offered.
function offer() {
  const differs = old || field.value !== saved;
  for (const one of offered) one.hidden = differs;
  if (offered.length && (differs || !stale.dataset.own)) stale.hidden = !differs;
}
stale.dataset.own = stale.hidden ? "" : "yes";

let found = [...document.querySelectorAll(".findings li[data-line]")].map(item => ({
  line: Number(item.dataset.line) || 0, tone: item.dataset.tone, rule: item.dataset.rule, text: item.dataset.text}));

function build(text) {
  const place = document.getElementById("editor");
  if (editor) editor.destroy();
  place.hidden = false;
  field.hidden = true;
  editor = FoldwellEditor.edit({
    parent: place, text, label: "The words of the leaflet", nonce: Foldwell.nonce, direction: form.dataset.dir,
    readOnly: field.readOnly, words: !plain, facts,
    changed(now) {
      field.value = now;
      state.textContent = now === saved ? "" : "Not saved";
      offer();
      if (pages) ask(); else { ++number; examine(); }
    },
    moved: show, save: () => store(),
  });
  editor.mark(found);
}

// A page marks what is about the words of a line: not its sources, and not all of a text.
function aboutWords(one) { return (one.tone === "error" && !/^F/.test(one.rule)) || (one.tone === "warning" && /^T/.test(one.rule) && one.rule !== "T3"); }

function show(line) {
  let nearest = 0;
  for (const [from] of spots) if (from <= line && from > nearest) nearest = from;
  let first = true;
  for (const [from, spot] of spots) {
    const here = from === nearest;
    spot.classList.toggle("here", here);
    if (here && first) { spot.scrollIntoView({block: "nearest", behavior: "auto"}); first = false; }
  }
}

async function typeset() {
  if (busy) { waiting = true; return; }
  busy = true;
  waiting = null;
  if (pages) pages.classList.add("working");
  const data = new FormData();
  data.set("text", field.value);
  data.set("page", self);
  data.set("number", String(++number));
  for (const [name, value] of Object.entries(words)) data.set(name, value);
  data.set("wide", String(wanted()));
  const began = performance.now();
  try {
    const {facts: told} = await Foldwell.post(`${leaflet}/preview`, data);
    if (!told.overtaken) await draw(told, (performance.now() - began) / 1000);
  } catch {
    live.replaceChildren(Foldwell.item("The studio does not answer. Is it still running?", "error"));
  }
  pages.classList.remove("working");
  busy = false;
  if (waiting) typeset();
}

// How wide a page is shown, in the screen's own dots: no picture need be larger.
function wanted() {
  const shown = [...pages.querySelectorAll("figure"), ...document.querySelectorAll("#fold .leaf")];
  const widest = Math.max(0, ...shown.map(one => one.clientWidth)) || pages.clientWidth / (view === "sides" ? 3 : 2);
  return Math.min(1600, Math.ceil(widest * devicePixelRatio / 100) * 100);
}

// What only a finished file must keep, and the rules of words, are asked when nobody types: the
// pages are there already.
const examine = Foldwell.later(async () => {
  if (busy || waiting) return;
  const mine = number, data = new FormData();
  data.set("text", field.value);
  data.set("page", self);
  data.set("number", String(mine));
  for (const [name, value] of Object.entries(words)) data.set(name, value);
  const {status, facts: told} = await Foldwell.post(`${leaflet}/examine`, data).catch(() => ({status: 0, facts: {}}));
  if (status !== 200 || told.overtaken || mine !== number || busy) return;
  list(told.findings.filter(one => !shown.has(one.text)));
}, 500);

async function draw(told, seconds) {
  const wrong = told.wrong ? told.wrong.map(text => ({text, line: null})) : told.errors;
  if (wrong && wrong.length) {
    live.replaceChildren(...wrong.map(({line, text}) => Foldwell.item((line ? `Line ${line}: ` : "") + text, "error")));
    live.append(Foldwell.item("The pages show the last words that could be set.", "information"));
    shown = new Set(wrong.map(one => one.text));
    editor.mark(wrong.map(one => ({...one, tone: "error"})).concat(found));
    examine();
    return;
  }
  shown = new Set();
  const fresh = [], places = [];
  const ready = told.pages.map((page, at) => {
    const figure = document.createElement("figure"), image = new Image();
    image.alt = `Page ${at + 1}, as it will print`;
    image.src = page.address;
    figure.append(image);
    for (const {line, box} of page.lines) {
      const spot = document.createElement("button");
      spot.type = "button";
      spot.tabIndex = -1;
      spot.className = "spot";
      spot.setAttribute("aria-label", `To line ${line}`);
      spot.style.cssText = `left:${box[0] * 100}%;top:${box[1] * 100}%;width:${box[2] * 100}%;height:${box[3] * 100}%`;
      spot.addEventListener("click", () => { editor.go(line); show(line); });
      for (const one of found) if (one.line === line && aboutWords(one)) spot.classList.add(one.tone);
      figure.append(spot);
      places.push([line, spot]);
    }
    fresh.push(figure);
    return image.decode().catch(() => {});
  });
  await Promise.all(ready);  // the last good pages stay until the new ones can be seen
  arrange(fresh, told.pages);
  pages.style.setProperty("--wide", told.pages.some(({mm}) => mm[0] > mm[1]) ? "40rem" : "17rem");
  const remark = document.getElementById("old");
  if (remark) remark.remove();
  spots = places;
  live.replaceChildren(...[`Fits${told.notes.map(note => `, at ${note}`).join("")}. Typeset in ${seconds.toFixed(1)} s.`].map(text => Foldwell.item(text, "good")));
  editor.mark(found);
  examine();
  document.dispatchEvent(new Event("drawn"));
}

// Panels stand as on the sheet, or one after another.
function arrange(figures, told) {
  const plan = view === "sides" && document.getElementById("fold") ? JSON.parse(document.getElementById("fold").dataset.fold) : null;
  pages.classList.toggle("sides", Boolean(plan));
  if (!plan) { pages.replaceChildren(...figures); return; }
  const both = plan.sides.filter(side => side.length).length > 1;
  pages.replaceChildren(...plan.sides.filter(side => side.length).map((side, at) => {
    const section = document.createElement("section"), name = document.createElement("h3"), sheet = document.createElement("div");
    section.className = "side";
    name.textContent = both ? ["Outside", "Inside"][at] : "The side";
    sheet.className = "sheet-side";
    for (const panel of side) {
      if (!figures[panel]) continue;
      figures[panel].style.flex = `${told[panel].mm[0]} 1 0`;
      figures[panel].querySelector("img").alt = `Panel ${panel + 1}, as it will print`;
      sheet.append(figures[panel]);
    }
    section.append(name, sheet);
    return section;
  }));
}

// What there is to say of the words as they stand in the editor.
function list(findings) {
  found = findings.map(one => ({line: one.line || 0, tone: one.tone, rule: one.rule, text: one.text}));
  const items = findings.map(one => {
    const item = Foldwell.item(one.text, one.tone), words = item.lastElementChild;
    if (one.line) {
      const link = document.createElement("a");
      link.href = "#text";
      link.textContent = `Line ${one.line}`;
      link.addEventListener("click", event => { event.preventDefault(); editor.go(one.line); });
      words.prepend(link, ": ");
    }
    if (one.rule) { const rule = document.createElement("small"); rule.textContent = ` ${one.rule}`; words.append(rule); }
    words.append(...waysOut(one));
    return item;
  });
  const other = items.filter(item => item.className === "information");
  lineOf.replaceChildren(...items.filter(item => item.className !== "information"));
  toKnow.querySelector("ul").replaceChildren(...other);
  toKnow.querySelector("summary").textContent = `${other.length} more to know`;
  toKnow.hidden = !other.length;
  if (!findings.length) lineOf.append(Foldwell.item("The rules find nothing.", "good"));
  if (!shown.size) editor.mark(found);
}

// What can be done about a finding: words that are certain are put in, or left with a reason; what is
// put right on another page leads there.
function waysOut(one) {
  const button = (text, kind, work) => {
    const made = document.createElement("button");
    made.type = "button"; made.className = kind; made.textContent = text;
    made.addEventListener("click", work);
    return made;
  };
  if (one.way) {
    const link = document.createElement("a");
    link.className = "way"; link.href = one.way.address; link.textContent = one.way.words;
    return [" ", link];
  }
  if (!one.mend || field.readOnly) return [];
  const ways = [" ", button("Change it", "way", () => mend(one.line, one.mend))];
  if (one.mend.may_stay) ways.push(" · ", button("Leave it", "way quiet", () => askToLeave(one)));
  return ways;
}

function mend(line, {column, said, instead}) {
  const doc = editor.view.state.doc, from = line <= doc.lines ? doc.line(line).from + column - 1 : doc.length;
  const to = from + said.length;
  if (doc.sliceString(from, to) !== said) { state.textContent = "These words changed meanwhile."; examine(); return; }
  editor.view.dispatch({changes: {from, to, insert: instead}, selection: {anchor: from, head: from + instead.length}, scrollIntoView: true, userEvent: "input.mend"});
  editor.view.focus();
  state.textContent = `“${said}” is now “${instead}”. Not saved`;
}

const leaving = document.getElementById("leave");
let left = null;
function askToLeave(one) {
  left = one;
  document.getElementById("leave-words").textContent = `“${one.mend.said}”: ${one.text} The reason stands in the facts of the leaflet, for whoever reviews it.`;
  document.getElementById("leave-reason").value = "";
  document.getElementById("leave-wrong").textContent = "";
  document.getElementById("leave-by").value = localStorage.getItem("name") || "";
  const until = document.getElementById("leave-until"), year = new Date();
  year.setFullYear(year.getFullYear() + 1);
  until.value = year.toISOString().slice(0, 10);
  leaving.showModal();
}
document.getElementById("leave-it").addEventListener("click", async () => {
  const read = name => document.getElementById(`leave-${name}`).value, data = new FormData();
  const given = {text: field.value, rule: left.rule, words: left.mend.said, reason: read("reason"), name: read("by"), expires: read("until")};
  for (const [name, value] of Object.entries(given)) data.set(name, value);
  const {status, facts: told} = await Foldwell.post(`${leaflet}/leave`, data).catch(() => ({status: 0, facts: {wrong: ["The studio does not answer."]}}));
  if (status !== 200) { document.getElementById("leave-wrong").textContent = (told.wrong || []).join(" "); return; }
  localStorage.setItem("name", given.name);
  leaving.close();
  if (field.value !== given.text) { state.textContent = "These words changed meanwhile."; return; }
  const now = told.text;  // only what differs is put in, so that undo and the place in the text stay
  let start = 0, end = 0;
  while (start < now.length && now[start] === given.text[start]) start++;
  while (end < Math.min(now.length, given.text.length) - start && now.at(-1 - end) === given.text.at(-1 - end)) end++;
  editor.view.dispatch({changes: {from: start, to: given.text.length - end, insert: now.slice(start, now.length - end)}});
  editor.view.focus();
  state.textContent = `“${given.words}” stays. Not saved`;
});

const ask = Foldwell.later(typeset, 100);

async function store() {
  if (field.readOnly) return;
  const data = new FormData(form);
  data.set("text", field.value);
  const now = field.value;
  state.textContent = "Saving…";
  let status, told;
  try {
    ({status, facts: told} = await Foldwell.post(leaflet, data));
  } catch {
    state.textContent = "Not saved: the studio does not answer.";
    return;
  }
  if (status === 409) { form.submit(); return; }  // the server shows both versions
  if (status !== 200) { state.textContent = (told.wrong || ["Not saved."]).join(" "); return; }
  form.elements.seen.value = told.seen;
  saved = now;
  old = old || told.saved;
  offer();
  state.textContent = {saved: "Saved; the version before is kept", same: "Nothing to save"}[told.said] || "Saved and kept, but git did not take it: Versions says why";
}

addEventListener("keydown", event => {  // wherever one is on the page; in the editor it is done already
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.defaultPrevented) { event.preventDefault(); store(); }
});
form.addEventListener("submit", event => { event.preventDefault(); store(); });
addEventListener("beforeunload", event => { if (field.value !== saved) event.preventDefault(); });

fetch(`/insertions`, {headers: {accept: "application/json"}}).then(answer => answer.json()).then(told => {
  const chip = (name, text) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button"; button.textContent = name;
    button.addEventListener("click", () => { document.getElementById("insert").open = false; editor.insert(text); });
    item.append(button);
    return item;
  };
  document.getElementById("blocks").append(...told.blocks.map(one => chip(one.name, one.text)));
  document.getElementById("facts").append(...told.facts.map(one => chip(one, `{{ ${one} }}`)));
  const icons = document.getElementById("icons");
  document.getElementById("icon").addEventListener("input", Foldwell.later(async event => {
    const query = encodeURIComponent(event.target.value);
    const {icons: names} = await (await fetch(`/insertions?icon=${query}`)).json();
    icons.replaceChildren(...names.map(name => chip(name, `/// spot | ${name}\n///\n`)));
  }, 200));
  document.getElementById("insert").hidden = field.readOnly;
}).catch(() => {});

const swap = document.getElementById("plain");
swap.hidden = false;
swap.setAttribute("aria-pressed", String(plain));
swap.addEventListener("click", () => {
  plain = !plain;
  localStorage.setItem("plain", plain ? "yes" : "no");
  swap.setAttribute("aria-pressed", String(plain));
  build(field.value);
});
for (const link of document.querySelectorAll(".to-line"))
  link.addEventListener("click", event => { event.preventDefault(); editor.go(Number(link.dataset.line)); });

build(field.value);
const asked = /^#line-(\d+)$/.exec(location.hash);
if (asked) editor.go(Number(asked[1]));
if (pages && words.format) typeset();

// A build that was begun here: when it has ended, the page shows what it made.
const building = document.getElementById("building");
if (building) {
  const events = new EventSource("/build/events");
  let ended = 0;
  events.addEventListener("message", message => {
    const fact = JSON.parse(message.data);
    if (fact.event === "planned") building.max = fact.jobs || 1;
    if (["built", "kept", "failed"].includes(fact.event)) building.value = ++ended;
  });
  events.addEventListener("end", () => {
    events.close();
    building.hidden = true;
    if (field.value !== saved) live.append(Foldwell.item("The build has ended. Save, and build again.", "information"));
    else if (document.querySelector("dialog[open], #print-frame")) live.append(Foldwell.item("The build has ended.", "information"));
    else location.reload();
  });
}

// Printing: hints first, then the browser's own dialog over the file.
const print = document.getElementById("print"), hints = document.getElementById("print-hints");
if (print) {
  const side = {short: "Print on both sides, flipped on the short edge.", long: "Print on both sides, flipped on the long edge."};
  document.getElementById("print-sides").textContent = side[print.dataset.flip] || "This file needs no folding: print it as it is.";
  print.addEventListener("click", event => { event.preventDefault(); hints.showModal(); });
  document.getElementById("print-not").addEventListener("click", () => hints.close());
  document.getElementById("print-now").addEventListener("click", async () => {
    hints.close();
    const answer = await fetch(print.href, {headers: {accept: "application/json"}}).catch(() => null);
    if (!answer || !answer.ok) {  // it was overtaken by a save elsewhere
      const told = answer ? await answer.json().catch(() => ({})) : {};
      stale.textContent = (told.wrong || ["Not printed: the studio does not answer."]).join(" ");
      stale.dataset.own = "yes";
      stale.hidden = false;
      print.hidden = answer !== null;
      return;
    }
    if (!navigator.pdfViewerEnabled) { open(print.href); return; }  // phones hand it to another app
    let frame = document.getElementById("print-frame");
    if (frame) frame.remove();
    frame = document.createElement("iframe");
    frame.id = "print-frame";
    frame.title = "The file that is printed";
    frame.className = "unseen";
    frame.src = print.href;
    frame.addEventListener("load", () => {
      try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch { open(print.href); }
    });
    document.body.append(frame);
  });
}

// The folded view: panels hang on one another and turn at their creases.
const fold = document.getElementById("fold"), foldIt = document.getElementById("fold-it");
if (fold && foldIt && words.medium === "screen") {
  foldIt.hidden = false;
  const plan = JSON.parse(fold.dataset.fold);
  let shut = 0, turned = false, leaves = [];
  const tools = document.createElement("div");
  tools.className = "fold-tools";
  tools.hidden = true;
  const button = (text, work) => { const one = document.createElement("button"); one.type = "button"; one.textContent = text; one.addEventListener("click", work); tools.append(one); return one; };
  const closer = button("Fold", () => { shut = shut ? 0 : 1; turned = Boolean(shut); closer.textContent = shut ? "Unfold" : "Fold"; pose(); });
  button("Turn over", () => { turned = !turned; pose(); });
  fold.before(tools);
  const picture = at => { const image = new Image(); image.alt = ""; image.src = panels()[at] || ""; return image; };
  function panels() {  // in reading order, however they stand on the page
    const shown = [...pages.querySelectorAll("img")].map(one => one.src);
    if (view !== "sides") return shown;
    const found = [];
    plan.sides.filter(side => side.length).flat().forEach((panel, n) => { found[panel] = shown[n]; });
    return found;
  }
  function make() {
    fold.replaceChildren();
    const inside = plan.sides[1] && plan.sides[1].length ? plan.sides[1] : plan.sides[0];
    const outside = plan.sides[1] && plan.sides[1].length ? [...plan.sides[0]].reverse() : [];
    const whole = inside.reduce((sum, at) => sum + plan.widths[at], 0);
    const scale = Math.min(fold.clientWidth * .85 / whole, 420 / plan.tall);
    // The leaf that bears the cover stays; all others hang on it, from the other side in a script
    // that is read from right to left.
    const mirrored = outside[outside.length - 1] === 0, from = mirrored ? "right" : "left";
    const order = inside.map((_, n) => mirrored ? inside.length - 1 - n : n);
    let parent = fold;
    leaves = order.map((at, n) => {
      const leaf = document.createElement("div"), wide = plan.widths[inside[at]] * scale;
      leaf.className = "leaf";
      leaf.style.width = `${wide}px`;
      leaf.style.height = `${plan.tall * scale}px`;
      if (n) { leaf.style.position = "absolute"; leaf.style.top = "0"; leaf.style[from] = "100%"; leaf.style.transformOrigin = `${from} center`; }
      for (const [side, page] of [["front", inside[at]], ["back", outside[at]]]) {
        const face = document.createElement("div");
        face.className = `face ${side}`;
        if (page !== undefined) face.append(picture(page));
        leaf.append(face);
      }
      parent.append(leaf);
      parent = leaf;
      return leaf;
    });
    const sign = mirrored ? -1 : 1;
    leaves[0].dataset.sign = String(sign);
    leaves[0].dataset.shift = String(-sign * (whole * scale - plan.widths[inside[order[0]]] * scale) / 2);
    pose();
  }
  // How far each leaf turns when shut: what tucks in lies in the wedge that the one before leaves.
  function turnOf(n) {
    if (!shut || !n) return 0;
    if (words.format.startsWith("z-fold")) return n % 2 ? 178 : -178;
    if (n === 1) return -176;
    return n % 2 ? -178 : -179.85;
  }
  function pose() {
    const sign = Number(leaves[0].dataset.sign), shift = shut ? 0 : Number(leaves[0].dataset.shift);
    leaves.forEach((leaf, n) => {
      leaf.style.transform = n ? `rotateY(${sign * turnOf(n)}deg)` : `translateX(${shift}px) rotateY(${turned ? 180 : 0}deg)`;
    });
  }
  foldIt.addEventListener("click", () => {
    const open = fold.hidden;
    fold.hidden = tools.hidden = !open;
    pages.hidden = open;
    foldIt.setAttribute("aria-pressed", String(open));
    if (open) make();
  });
  document.addEventListener("drawn", () => { if (!fold.hidden) make(); });
}
