// How a build goes on, by events as they happen.
"use strict";
const box = document.getElementById("progress");
if (box.dataset.state === "running") {
  const bar = document.getElementById("bar"), told = document.getElementById("told"), failed = document.getElementById("failed");
  let jobs = 0, ended = 0, last = 0;
  const events = new EventSource("/build/events");
  events.addEventListener("message", message => {
    const fact = JSON.parse(message.data);
    if (fact.event === "planned") { jobs = fact.jobs; bar.max = jobs || 1; }
    if (["built", "kept", "failed"].includes(fact.event)) {
      bar.value = ++ended;
      if (fact.event === "failed") {
        const item = document.createElement("li");
        item.className = "bad";
        item.textContent = `${fact.name}: ${fact.errors.map(error => `${error.message} ${error.hint}`).join(" ")}`;
        failed.append(item);
      }
      const now = Date.now();  // a screen reader is not told of every file
      if (now - last > 1000 || ended === jobs) { last = now; told.textContent = `${ended} of ${jobs} files`; }
    }
  });
  events.addEventListener("end", () => { events.close(); location.reload(); });
}
