// Searches the list as somebody types. The page is whole without it.
"use strict";
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const form = document.getElementById("search");
  const words = document.getElementById("words");
  const choices = ["clinic", "language", "format", "medium"].map((name) => document.getElementById(name));
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const sections = [...document.querySelectorAll("main section:not(.gone)")].map((section) => ({
    section,
    shown: true,
    items: [...section.querySelectorAll(".editions > li")].map((item) => ({
      item,
      shown: true,
      words: plain(item.dataset.words),
      facts: choices.map((choice) => ` ${item.dataset[choice.id]} `),
    })),
  }));
  const show = (one, element, shown) => {
    if (one.shown !== shown) {
      one.shown = shown;
      element.hidden = !shown;
    }
  };
  const search = () => {
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    const chosen = choices.map((choice) => choice.value && ` ${choice.value} `);
    let total = 0;
    for (const part of sections) {
      let some = 0;
      for (const one of part.items) {
        const fits = asked.every((word) => one.words.includes(word)) &&
          chosen.every((value, at) => !value || one.facts[at].includes(value));
        show(one, one.item, fits);
        some += fits;
      }
      show(part, part.section, some > 0);
      total += some;
    }
    count.textContent = total === 1 ? "1 edition" : `${total} editions`;
    nothing.hidden = total > 0;
  };
  const reset = () => {
    form.reset();
    search();
    words.focus();
  };
  // A search can be linked to: index.html?words=sleep&language=es
  const asked = new URLSearchParams(location.search);
  for (const field of [words, ...choices]) field.value = asked.get(field.id) ?? "";
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", search);
  for (const choice of choices) choice.addEventListener("change", search);
  document.getElementById("all").addEventListener("click", reset);
  search();
})();
