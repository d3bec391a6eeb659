// A new brand: its colour by eye, beside its name for those who know it.
"use strict";
const colour = document.getElementById("colour"), wheel = document.getElementById("wheel");
wheel.hidden = false;
wheel.addEventListener("input", () => { colour.value = wheel.value; });
colour.addEventListener("input", () => { if (/^#[0-9a-f]{6}$/i.test(colour.value)) wheel.value = colour.value; });
