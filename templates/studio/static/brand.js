// A brand: the contrast of a colour as one chooses it, and a logo that is dropped.
"use strict";
for (const field of document.querySelectorAll(".colour")) {
  const [text, wheel] = field.querySelectorAll("input"), hint = field.querySelector(".hint");
  wheel.hidden = false;
  const told = Foldwell.later(async () => {
    const answer = await fetch(`/contrast?colour=${encodeURIComponent(text.value)}`);
    const facts = await answer.json();
    hint.textContent = facts.words;
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
