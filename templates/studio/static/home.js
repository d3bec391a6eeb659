// Search as one types, and marks that come when the rules have been asked.
"use strict";
const cards = [...document.querySelectorAll(".covers > [data-words]")];
document.getElementById("q").addEventListener("input", event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  let count = 0;
  for (const card of cards) {
    card.hidden = !words.every(word => card.dataset.words.includes(word));
    count += !card.hidden;
  }
  document.getElementById("count").textContent = count;
  document.getElementById("leaflets").textContent = count === 1 ? "leaflet" : "leaflets";
});
fetch("/findings", {headers: {accept: "application/json"}}).then(answer => answer.json()).then(({errors, wrong}) => {
  const box = document.getElementById("wrong");
  box.hidden = wrong.length === 0;
  box.querySelector("ul").replaceChildren(...wrong.map(text => {
    const item = document.createElement("li");
    item.className = "bad";
    item.textContent = text;
    return item;
  }));
  for (const card of cards) {
    const many = errors[card.dataset.path];
    if (!many || [...card.querySelectorAll(".bad")].some(one => one.textContent.includes("in the words"))) continue;
    const item = document.createElement("li");
    item.className = "status bad";
    item.textContent = `${many} mistake${many > 1 ? "s" : ""} in the words`;
    card.querySelector(".statuses").prepend(item);
  }
}).catch(() => {});
