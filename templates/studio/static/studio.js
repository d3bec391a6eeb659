// What all pages share: asking the server as a page of its own may.
"use strict";
const Foldwell = {
  token: document.querySelector("meta[name=foldwell-token]").content,
  nonce: document.querySelector("meta[name=foldwell-nonce]").content,
  async post(address, form, signal) {
    const answer = await fetch(address, {method: "POST", body: form, signal, headers: {
      "accept": "application/json", "x-foldwell": this.token}});
    const facts = await answer.json().catch(() => ({wrong: ["The studio does not answer as it should."]}));
    return {status: answer.status, facts};
  },
  later(work, wait) {
    let timer = 0;
    return (...given) => { clearTimeout(timer); timer = setTimeout(() => work(...given), wait); };
  },
  item(text, tone) {
    const item = document.createElement("li"), dot = document.createElement("span"), words = document.createElement("span");
    item.className = tone; dot.className = "dot"; dot.setAttribute("aria-hidden", "true"); words.textContent = text;
    item.append(dot, words);
    return item;
  },
};
for (const button of document.querySelectorAll("#choose button, form[role=search] button")) button.hidden = true;
for (const select of document.querySelectorAll("#choose select, select[form=choose], form[role=search] select"))
  select.addEventListener("change", () => select.form.requestSubmit());
document.addEventListener("keydown", event => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll(".menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
