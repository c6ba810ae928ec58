// The console's script: every page works without it. It holds no words; what is said stands in the page.
(() => {
  "use strict";

  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");

  // ---- parts: the page becomes what the server drew, and keeps what a person is doing in it

  const KEPT = new Set(["open", "data-guard", "aria-busy"]);

  function sameKind(have, want) {
    return have.nodeType === want.nodeType && have.nodeName === want.nodeName
      && (have.id || "") === (want.id || "");
  }

  function attributes(have, want) {
    for (const { name } of [...have.attributes]) {
      if (!want.hasAttribute(name) && !KEPT.has(name)) have.removeAttribute(name);
    }
    for (const { name, value } of want.attributes) {
      if (!KEPT.has(name) && have.getAttribute(name) !== value) have.setAttribute(name, value);
    }
  }

  function morph(have, want) {
    if (have.nodeType === Node.TEXT_NODE) {
      if (have.data !== want.data) have.data = want.data;
      return;
    }
    if (have.nodeType !== Node.ELEMENT_NODE) return;
    const revised = have.dataset.revision !== undefined
      && have.dataset.revision !== want.dataset.revision;
    attributes(have, want);
    if (revised) guard(have);
    if (have.matches("[data-left]")) {
      deadline(have);
      return;
    }
    const named = new Map();
    for (const child of have.children) if (child.id) named.set(child.id, child);
    let place = have.firstChild;
    for (const wanted of [...want.childNodes]) {
      const known = wanted.id ? named.get(wanted.id) : undefined;
      const found = known && sameKind(known, wanted) ? known
        : place && !place.id && sameKind(place, wanted) ? place : undefined;
      if (!found) {
        have.insertBefore(wanted, place);
        continue;
      }
      if (found === place) place = place.nextSibling;
      else have.insertBefore(found, place);
      morph(found, wanted);
    }
    while (place) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
  }

  // A card that changed under the finger takes no press for a moment: a yes is to what was read.
  function guard(card) {
    card.dataset.guard = "";
    setTimeout(() => delete card.dataset.guard, 1200);
  }

  // ---- the time that is left

  const ends = new WeakMap();

  function deadline(element) {
    ends.set(element, performance.now() + Number(element.dataset.left));
    tick(element);
  }

  function tick(element) {
    const left = Math.max(0, (ends.get(element) ?? 0) - performance.now());
    const seconds = Math.ceil(left / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (element.textContent !== text) element.textContent = text;
    const holder = element.closest("[data-life]");
    if (holder) {
      holder.style.setProperty("--left", Math.min(1, left / Number(holder.dataset.life)).toFixed(4));
    }
    const scope = element.closest("article, .ask");
    if (scope) scope.classList.toggle("hurry", left > 0 && left < 20000);
    if (scope) scope.classList.toggle("over", left === 0);
  }

  function countdowns() {
    for (const element of document.querySelectorAll("[data-left]")) {
      if (ends.has(element)) tick(element);
      else deadline(element);
    }
  }

  // ---- the stream

  let stream;
  let heard = performance.now();

  function connect() {
    stream?.close();
    stream = new EventSource(`/events${body.dataset.stream}`);
    stream.addEventListener("part", (event) => {
      alive();
      const { id, html } = JSON.parse(event.data);
      const place = byId(id);
      if (!place) return;
      const template = document.createElement("template");
      template.innerHTML = html;
      morph(place, template.content.firstElementChild);
      if (id === "head") title();
      countdowns();
    });
    stream.addEventListener("say", (event) => {
      alive();
      const { text, urgent } = JSON.parse(event.data);
      speak(text, urgent);
    });
    stream.addEventListener("beat", alive);
    stream.addEventListener("error", () => {
      byId("offline").hidden = false;
      if (stream.readyState === EventSource.CLOSED) setTimeout(probe, 2000);
    });
  }

  function alive() {
    heard = performance.now();
    byId("offline").hidden = true;
  }

  // The stream was refused. When the session is what ended, the page says so.
  async function probe() {
    try {
      const answer = await fetch("/", { method: "HEAD" });
      if (answer.status === 403) return location.reload();
      connect();
    } catch {
      setTimeout(probe, 2000);
    }
  }

  function watch() {
    if (document.hidden) return;
    if (performance.now() - heard > 8000) {
      byId("offline").hidden = false;
      heard = performance.now();
      connect();
    }
  }

  const plainTitle = document.title;

  function title() {
    const waiting = Number(byId("head")?.dataset.waiting ?? 0);
    document.title = waiting > 0 ? `(${waiting}) ${plainTitle}` : plainTitle;
  }

  function speak(text, urgent) {
    const place = byId(urgent ? "urgent" : "polite");
    const line = document.createElement("p");
    line.textContent = text;
    place.append(line);
    setTimeout(() => line.remove(), 10000);
  }

  // ---- what a press came to

  let fading;

  function said(tone, text) {
    const place = byId("said");
    place.className = `said tone-${tone}`;
    place.querySelector("p").textContent = text;
    place.hidden = false;
    clearTimeout(fading);
    if (tone === "good") fading = setTimeout(() => { place.hidden = true; }, 12000);
  }

  async function send(form, submitter) {
    const fields = new URLSearchParams(new FormData(form, submitter));
    const buttons = [...form.querySelectorAll("button")];
    buttons.forEach((button) => button.setAttribute("aria-busy", "true"));
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: fields,
      });
      const { tone, text, go } = await answer.json();
      if (go) return location.assign(go);
      const dialog = form.closest("dialog");
      if (answer.ok || answer.status === 409) {
        const details = form.closest("details");
        if (details) details.open = false;
        dialog?.close();
        if (answer.ok) form.reset();
      }
      const inside = dialog?.open ? dialog.querySelector(".fault") : null;
      if (inside) inside.textContent = text;
      else said(tone, text);
    } catch {
      form.closest("dialog")?.close();
      said("bad", body.dataset.lost);
    } finally {
      buttons.forEach((button) => button.removeAttribute("aria-busy"));
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    const asked = form.closest("dialog#ask");
    if (form.method === "get" && asked) {
      event.preventDefault();
      const fields = new URLSearchParams(new FormData(form, event.submitter));
      ask(`${form.action}?${fields}`);
    } else if (form.elements.namedItem("seal")) {
      event.preventDefault();
      const busy = form.querySelector("[aria-busy]");
      if (!busy && !form.closest("[data-guard]")) send(form, event.submitter);
    }
  });

  // ---- what is asked once more

  async function ask(url) {
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(".ask");
      if (!found) return location.assign(url);
      const dialog = byId("ask");
      dialog.replaceChildren(document.adoptNode(found));
      countdowns();
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("[autofocus], input:not([type=hidden]), button")?.focus();
    } catch {
      location.assign(url);
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-ask]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      ask(link.href);
    }
    const dismissed = event.target.closest("[data-dismiss]");
    if (dismissed) byId(dismissed.dataset.dismiss).hidden = true;
    const left = event.target.closest("dialog#ask a[data-leave]");
    if (left) {
      event.preventDefault();
      byId("ask").close();
    }
  });

  // One fold of a card is open at a time.
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!(fold instanceof HTMLDetailsElement) || !fold.open) return;
    for (const other of fold.closest(".buttons")?.querySelectorAll("details[open]") ?? []) {
      if (other !== fold) other.open = false;
    }
    fold.querySelector(".choice")?.scrollIntoView({ block: "nearest" });
  }, true);

  // ---- keys

  const cards = () => [...document.querySelectorAll("main article.card")];
  const current = () => document.activeElement?.closest("article.card");
  const keysOn = () => localStorage.getItem("countersign-keys") !== "off";

  function move(by) {
    const all = cards();
    if (all.length === 0) return;
    const at = all.indexOf(current());
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1)
      : Math.max(0, Math.min(all.length - 1, at + by));
    all[to].focus({ preventScroll: true });
    all[to].scrollIntoView({ block: "nearest", behavior: reduced.matches ? "auto" : "smooth" });
  }

  function press(selector) {
    current()?.querySelector(selector)?.click();
  }

  function unfold(name) {
    const fold = current()?.querySelector(`details[data-fold="${name}"]`);
    if (!fold) return;
    fold.open = true;
    fold.querySelector("input:not([type=hidden]), button")?.focus();
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    c: () => press(".act-confirm button"),
    r: () => unfold("reject"),
    e: () => unfold("edit"),
    s: () => unfold("snooze"),
    x: () => press("[data-does=close]"),
    w: () => press("[data-does=why]"),
    "?": () => byId("keys")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key === "c") return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    if (event.key === "Escape") {
      const fold = document.activeElement?.closest("details[open]");
      if (fold) {
        fold.open = false;
        fold.querySelector("summary").focus();
      }
      return;
    }
    const act = keysOn() ? KEYS[event.key] : undefined;
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // ---- begin

  const door = byId("door");
  if (door?.dataset.go) {
    history.replaceState(null, "", "/login");
    door.submit();
  }
  if (body.dataset.stream !== undefined) {
    if (location.search.includes("said=")) {
      history.replaceState(null, "", location.pathname + location.hash);
    }
    for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
    byId("keys-open")?.addEventListener("click", () => byId("keys").showModal());
    const keys = byId("keys-on");
    if (keys) {
      keys.checked = keysOn();
      keys.addEventListener("change", () => {
        localStorage.setItem("countersign-keys", keys.checked ? "on" : "off");
      });
    }
    title();
    countdowns();
    setInterval(countdowns, 250);
    setInterval(watch, 2000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });
    connect();
  }
})();
