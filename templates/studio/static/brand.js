// A brand: the contrast of a colour as one chooses it, and a logo that is dropped.
"use strict";
const form = document.getElementById("brand-form"), shapes = [...document.querySelectorAll("[data-shape]")];
function repaint(colour) {
  for (const image of shapes) image.src = `/shape/${image.dataset.shape}?colour=${encodeURIComponent(colour)}`;
  form.style.setProperty("--solid", colour);
}
form.style.setProperty("--solid", form.dataset.colour);
for (const field of document.querySelectorAll(".colour")) {
  // The colour that covers have is the first, or the one that is what they have now.
  const first = field.querySelector("input").value.toLowerCase() === form.dataset.colour;
  const [text, wheel] = field.querySelectorAll("input"), hint = field.querySelector(".hint");
  wheel.hidden = false;
  const told = Foldwell.later(async () => {
    const answer = await fetch(`/contrast?colour=${encodeURIComponent(text.value)}`);
    const facts = await answer.json();
    hint.textContent = facts.words;
    if (facts.colour && first) repaint(facts.colour);
    if (facts.colour) { wheel.value = facts.colour; text.removeAttribute("aria-invalid"); }
    else text.setAttribute("aria-invalid", "true");
  }, 120);
  text.addEventListener("input", told);
  wheel.addEventListener("input", () => { text.value = wheel.value; told(); });
}
const drop = document.getElementById("drop"), logo = document.getElementById("logo");
for (const kind of ["dragenter", "dragover"])
  drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add("over"); });
for (const kind of ["dragleave", "drop"])
  drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.remove("over"); });
drop.addEventListener("drop", event => { if (event.dataTransfer.files.length) logo.files = event.dataTransfer.files; });
// What was chosen or dropped is shown before it is sent.
const fresh = document.getElementById("new-logo");
function preview() {
  const file = logo.files[0];
  fresh.hidden = !file || !file.type.startsWith("image/");
  if (!fresh.hidden) fresh.src = URL.createObjectURL(file);
  drop.querySelector(".told").textContent = file ? `${file.name}: save, and it is looked at as every picture is.` : "";
}
logo.addEventListener("change", preview);
drop.addEventListener("drop", () => preview());
