// The translator's editor: chooses units, checks and saves their words. What is typed is kept in this browser until it is saved.
"use strict";
(() => {
  const own = document.body.dataset;
  const token = document.querySelector("meta[name=token]").content;
  const at = (id) => document.getElementById(id);
  const words = at("words");
  const frame = at("frame");
  const PAUSE = 250; // milliseconds without a key before the words are checked
  const CHIPS = { missing: ["missing"], stale: ["English changed", "changed"] };
  const STATES = { draft: "machine draft", translated: "translated", revised: "revised", checked: "checked by a clinician" };
  const NARROW = matchMedia("(max-width: 60rem)"); // as in translate.css
  const AWAY = "The server does not answer. What you typed is kept in this browser.";

  let units = new Map();
  let survey = null;
  let view = null;
  let current = null; // the id of the open unit
  let base = ""; // the words, and the English, that the open unit was opened with
  let english = "";
  let leaving = false;

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key in element && key !== "list") element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const button = (label, act) => make("button", { type: "button", onclick: act }, label);
  const inLanguage = (name, said) => make(name, { lang: own.locale, dir: own.dir }, said);
  const inEnglish = (name, said) => make(name, { lang: "en", dir: "ltr" }, said);
  const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
  // A sentence is one line, in normal form C: what an input method or a pasted text brings else would be refused.
  const join = (said) => said.replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, " ");
  const tidy = (said) => join(said.normalize("NFC")).trim();
  const say = (element, ...children) => {
    const before = element.innerHTML;
    const fresh = make("div", {}, ...children);
    if (fresh.innerHTML !== before) element.replaceChildren(...fresh.childNodes); // else a screen reader says it twice
  };

  // What was typed and not saved: by unit here, and by unit and tab in the browser's store, where it outlives the page.
  const PREFIX = `leaflets/${own.project}/${own.locale}/`;
  const typed = new Map();
  const store = (act) => {
    try { return act(localStorage); } catch { return null; } // full, or forbidden: it is still in the page
  };
  const tab = store(() => sessionStorage.getItem("tab")) ?? crypto.randomUUID();
  store(() => sessionStorage.setItem("tab", tab));
  const nameDraft = (unit) => `${PREFIX}${unit}\n${tab}`;
  const listDrafts = () => store((kept) => Object.keys(kept).filter((key) => key.startsWith(PREFIX))) ?? [];
  const readDraft = (key) => store((kept) => JSON.parse(kept.getItem(key)));
  const keepDraft = (unit, draft) => {
    typed.set(unit, draft);
    store((kept) => kept.setItem(nameDraft(unit), JSON.stringify(draft)));
  };
  const dropDraft = (unit) => {
    typed.delete(unit);
    store((kept) => kept.removeItem(nameDraft(unit)));
  };
  const findOthers = (unit) => listDrafts()
    .filter((key) => key.startsWith(`${PREFIX}${unit}\n`) && key !== nameDraft(unit))
    .map((key) => [key, readDraft(key)])
    .filter(([, draft]) => draft);
  for (const key of listDrafts()) {
    const [unit, of] = key.slice(PREFIX.length).split("\n");
    const draft = of === tab ? readDraft(key) : null;
    if (draft) typed.set(unit, draft);
  }

  const ask = async (address, body) => {
    const headers = { "Content-Type": "application/json", "X-Leaflets-Token": token };
    const answer = await fetch(`/_translate/${address}`, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
    return [answer.status, await answer.json()];
  };

  const hasProblems = (unit) => unit.problems.length > 0;
  const isDone = (unit) => !["missing", "stale"].includes(unit.state) && !unit.problems.some((each) => each.severity === "error");
  const listChips = (unit) => {
    const chips = CHIPS[unit.state] ? [CHIPS[unit.state]] : [];
    if (unit.state === "stale" && !unit.changes.length) chips[0] = ["not on record", "changed"];
    if (hasProblems(unit)) chips.push(["problem", "problem"]);
    if (typed.has(unit.id)) chips.push(["not saved", "unsaved"]);
    return chips.map(([said, kind]) => make("span", { className: `chip ${kind ?? ""}` }, said));
  };
  const space = (elements) => elements.flatMap((each) => [each, " "]);

  // How far the language is

  const showProgress = () => {
    const total = units.size;
    const done = total - survey.left;
    const wrong = [...units.values()].filter(hasProblems).length;
    const bar = make("span", { className: "bar", "aria-hidden": "true" }, make("span"));
    bar.firstChild.style.inlineSize = `${total ? (100 * done) / total : 0}%`;
    const left = survey.left
      ? [make("strong", {}, `${count(survey.left, "text")} left`), ` (${count(survey.words, "word")}) of ${total}`]
      : [make("strong", {}, "All texts are translated"), ` (${total})`];
    const rest = [wrong ? `, ${wrong} with problems` : "", typed.size ? `, ${typed.size} not saved` : ""];
    say(at("progress"), bar, ...left, ...rest);
    const links = survey.prints.map((each) => make("a", { href: each.path, target: "_blank" }, `PDF: ${each.title}`));
    say(at("prints"), ...space(links));
    at("begin").hidden = [...units.values()].every(isDone);
  };
  const showBanner = (said, lines = [], ...more) => {
    const banner = at("banner");
    say(banner, make("p", {}, said), ...(lines.length ? [make("ul", {}, ...lines.map((line) => make("li", {}, line)))] : []), ...more);
    banner.hidden = false;
  };
  const showTrouble = () => {
    at("banner").hidden = true;
    if (survey.problems.length) showBanner("A file cannot be read. Nothing is written to it until it is mended:", survey.problems);
    const [lost, draft] = [...typed].find(([unit]) => !units.has(unit)) ?? [];
    if (lost && !survey.problems.length) {
      const forget = button("Throw them away", () => { dropDraft(lost); showProgress(); showTrouble(); });
      showBanner(`There is no text ${lost} any more. What you typed for it and did not save:`, [draft.words], forget);
    }
  };

  // The leaflet

  const listSpans = () => [...(frame.contentDocument?.querySelectorAll(".unit") ?? [])];
  const decorate = () => {
    for (const span of listSpans()) {
      const chosen = span.dataset.unit === current;
      span.classList.toggle("chosen", chosen);
      if (chosen) span.setAttribute("aria-current", "true");
      else span.removeAttribute("aria-current");
      span.querySelector(".unsaved")?.remove();
      if (typed.has(span.dataset.unit)) {
        const chip = frame.contentDocument.createElement("span");
        Object.assign(chip, { className: "chip unsaved", lang: "en", dir: "ltr", textContent: "not saved" });
        span.append(chip);
      }
    }
  };
  const findSpan = (unit) => listSpans().find((span) => span.dataset.unit === unit);
  const addressOf = (name) => `/_translate/leaflets/${encodeURIComponent(name)}`;
  const pick = (event) => {
    const span = event.target.closest?.(".unit");
    if (!span || (event.type === "keydown" && !["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    open(span.dataset.unit, true);
  };
  frame.addEventListener("load", () => {
    frame.contentDocument.addEventListener("click", pick);
    frame.contentDocument.addEventListener("keydown", pick);
    decorate();
    if (current) findSpan(current)?.scrollIntoView({ block: "center" });
  });
  const freshenFrame = async () => {
    const name = view;
    const answer = await fetch(addressOf(name));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = frame.contentDocument?.querySelector("main");
    if (name !== view || !old || !frame.src.endsWith(addressOf(name))) return;
    if (fresh.title !== frame.contentDocument.title) { frame.contentWindow.location.reload(); return; }
    const focused = listSpans().indexOf(frame.contentDocument.activeElement);
    old.replaceWith(frame.contentDocument.adoptNode(fresh.querySelector("main")));
    decorate();
    listSpans()[focused]?.focus({ preventScroll: true });
  };

  // The list of all texts

  const isWanted = (unit, show, sought) => {
    const fits = { all: true, missing: unit.state === "missing", stale: unit.state === "stale", problems: hasProblems(unit), unsaved: typed.has(unit.id) };
    const hay = `${unit.english}\n${unit.words}\n${unit.id}\n${unit.group}`.normalize("NFC").toLowerCase();
    return fits[show] && sought.every((each) => hay.includes(each));
  };
  const showList = () => {
    const show = new FormData(at("sieve")).get("show");
    const sought = at("search").value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...units.values()].filter((unit) => isWanted(unit, show, sought));
    const focused = document.activeElement?.dataset?.unit;
    let group = null;
    const rows = found.flatMap((unit) => {
      const head = unit.group === group ? [] : [make("h3", {}, unit.group)];
      group = unit.group;
      const marks = make("span", { className: "marks" }, ...space(listChips(unit)));
      const row = make("button", { type: "button", onclick: () => open(unit.id, true) }, inEnglish("span", unit.english), inLanguage("span", unit.words), marks);
      row.dataset.unit = unit.id;
      if (unit.id === current) row.setAttribute("aria-current", "true");
      return [...head, row];
    });
    at("rows").replaceChildren(...rows);
    say(at("found"), found.length ? count(found.length, "text") : "There is no such text.");
    if (focused) at("rows").querySelector(`[data-unit="${CSS.escape(focused)}"]`)?.focus();
  };
  at("sieve").addEventListener("input", showList);
  at("sieve").addEventListener("submit", (event) => event.preventDefault());

  // What is being edited

  const isDirty = () => current !== null && tidy(words.value) !== units.get(current).words;
  const showButtons = () => {
    const unit = units.get(current);
    const dirty = isDirty();
    at("save").setAttribute("aria-disabled", String(!dirty));
    at("right").hidden = dirty || unit.state !== "stale";
    at("undo").hidden = !dirty;
    say(at("chips"), ...space(listChips(unit)), STATES[unit.state] ?? "");
  };
  const showTerms = (unit) => {
    at("terms").hidden = !unit.terms.length;
    at("fixed").replaceChildren(...unit.terms.map((term) => {
      const insert = () => {
        words.setRangeText(term.words, words.selectionStart, words.selectionEnd, "end");
        words.focus();
        words.dispatchEvent(new Event("input"));
      };
      const fixed = inLanguage("button", term.words);
      Object.assign(fixed, { type: "button", title: "Put it where the cursor is" });
      fixed.addEventListener("click", insert);
      const avoid = term.avoid.length ? [make("span", { className: "avoid" }, "not: ", inLanguage("span", term.avoid.join(" · ")))] : [];
      const note = term.note ? [make("span", { className: "avoid" }, term.note)] : [];
      const said = term.words ? fixed : make("span", { className: "avoid" }, "has no fixed word yet");
      return make("li", {}, inEnglish("span", term.english), said, ...avoid, ...note);
    }));
  };
  const showChanges = (unit) => {
    at("changed").hidden = unit.state !== "stale";
    const names = { kept: "span", deleted: "del", added: "ins" };
    const parts = unit.changes.map(([kind, said]) => make(names[kind], {}, said));
    at("changes").replaceChildren(...(parts.length ? space(parts) : ["It is not on record from which English these words were made."]));
  };
  const showProblems = (problems, quiet = "") => {
    const items = problems.map((each) => make("li", { className: each.severity }, `${each.message.replace(/\.?$/, ".")} ${each.remedy}`));
    if (items.length) say(at("checked"), make("ul", {}, ...items));
    else say(at("checked"), make("p", { className: quiet ? "quiet" : "good" }, quiet || "The checks find nothing wrong."));
  };
  const showOthers = () => {
    const box = at("others");
    const found = findOthers(current).filter(([, draft]) => draft.words !== tidy(words.value) && draft.words !== units.get(current).words);
    box.hidden = !found.length;
    say(box);
    if (!found.length) return;
    const parts = found.map(([key, draft]) => make("div", {}, inLanguage("blockquote", draft.words), make("div", { className: "buttons" },
      button("Use these words", () => { words.value = draft.words; words.dispatchEvent(new Event("input")); store((kept) => kept.removeItem(key)); showOthers(); words.focus(); }),
      button("Throw them away", () => { store((kept) => kept.removeItem(key)); showOthers(); words.focus(); }))));
    box.replaceChildren(make("p", {}, "Typed in another tab, or earlier, and not saved:"), ...parts);
  };
  const showConflict = () => {
    const unit = units.get(current);
    const box = at("conflict");
    const parts = [];
    if (unit.broken.length) parts.push(make("p", {}, "This text cannot be saved until its file is mended:"), ...unit.broken.map((line) => make("p", {}, make("code", {}, line))));
    else if (isDirty() && unit.words !== base) {
      const take = () => { words.value = unit.words; dropDraft(current); open(current, true); };
      const keep = () => { base = unit.words; note(); showConflict(); words.focus(); };
      parts.push(
        make("p", {}, unit.words ? "These words were changed meanwhile, in another tab or in the file. They now are:" : "The words were taken out of the file meanwhile."),
        ...(unit.words ? [inLanguage("blockquote", unit.words)] : []),
        make("p", {}, "Yours stand below. Take one of the two, or make one of both below and then keep yours."),
        make("div", { className: "buttons" }, button("Take theirs", take), button("Keep mine", keep)),
      );
    }
    if (unit.english !== english && !unit.broken.length) {
      const seen = () => { english = unit.english; if (isDirty()) note(); showConflict(); words.focus(); };
      parts.push(make("p", {}, "The English changed while you were at it. It now stands above; before it was:"), inEnglish("blockquote", english), make("div", { className: "buttons" }, button("I have read the new one", seen)));
    }
    box.hidden = !parts.length;
    say(box);
    box.replaceChildren(...parts);
  };
  const showSaved = (said, wrong = false) => {
    at("saved").classList.toggle("wrong", wrong);
    say(at("saved"), said);
  };
  const fill = () => {
    const unit = units.get(current);
    say(at("group"), unit.group);
    say(at("unit"), unit.id);
    at("english").textContent = unit.english;
    at("note").hidden = !unit.note;
    at("said").textContent = unit.note;
    at("place").textContent = unit.place;
    showChanges(unit);
    showTerms(unit);
    showConflict();
    showOthers();
    showButtons();
  };
  const open = (id, focus) => {
    if (!units.has(id)) return;
    const draft = typed.get(id);
    const unit = units.get(id);
    current = id;
    base = draft?.base ?? unit.words;
    english = draft?.english ?? unit.english;
    words.value = draft?.words ?? unit.words;
    at("welcome").hidden = true;
    at("form").hidden = false;
    document.body.classList.add("editing");
    showSaved("");
    fill();
    decorate();
    if (view === "") showList();
    check(0);
    const place = new URLSearchParams({ view, unit: id });
    history.replaceState(null, "", `#${place}`);
    if (!focus) return;
    at("panel").scrollTop = 0;
    (NARROW.matches ? at("group") : words).focus(); // a phone's keyboard would cover the English
    findSpan(id)?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    document.body.classList.remove("editing");
    const target = view === "" ? at("rows").querySelector(`[data-unit="${CSS.escape(current)}"]`) : findSpan(current);
    target?.focus();
  };

  let waiting;
  let asked = 0;
  const check = (pause) => {
    clearTimeout(waiting);
    const mine = ++asked;
    const unit = units.get(current);
    const said = tidy(words.value);
    if (!said) { showProblems([], "Nothing is written yet."); return; }
    if (said === unit.words) { showProblems(unit.problems, unit.state === "stale" ? "These words were made from an older English." : ""); return; }
    waiting = setTimeout(async () => {
      try {
        const [status, found] = await ask("check", { unit: unit.id, words: said });
        if (mine !== asked) return; // more was typed meanwhile
        if (status === 200) showProblems(found.problems);
        else showProblems([], found.said.join(" "));
      } catch { if (mine === asked) showProblems([], AWAY); }
    }, pause);
  };
  // Remember what is typed, unless it is what the file says.
  const note = () => {
    const said = tidy(words.value);
    const before = typed.size;
    if (said === units.get(current).words) dropDraft(current);
    else keepDraft(current, { words: said, base, english });
    if (typed.size === before) return;
    showProgress();
    decorate();
    if (view === "") showList();
  };
  words.addEventListener("input", (event) => {
    if (!event.isComposing && join(words.value) !== words.value) {
      const end = words.selectionEnd;
      words.value = join(words.value);
      words.setSelectionRange(end, end);
    }
    showSaved("");
    note();
    showButtons();
    check(PAUSE);
  });

  const write = async (id, said, unchanged) => {
    const unit = units.get(id);
    const draft = typed.get(id);
    const from = current === id ? base : draft?.base ?? unit?.words ?? "";
    const seen = current === id ? english : draft?.english ?? unit?.english ?? "";
    let status, found;
    try {
      [status, found] = await ask("save", { unit: id, words: said, base: from, english: seen, unchanged });
    } catch {
      showSaved(`Not saved. ${AWAY}`, true);
      return;
    }
    if (status === 409) {
      units.set(id, found.unit);
      if (current === id) { fill(); showSaved("Not saved: see above.", true); at("conflict").scrollIntoView({ block: "nearest" }); }
      return;
    }
    if (status !== 200) {
      showSaved(`Not saved. ${found.said.join(" ")}`, true);
      if (status === 422) refresh();
      return;
    }
    const later = current === id ? tidy(words.value) : typed.get(id)?.words ?? said;
    if (later === said) dropDraft(id);
    else keepDraft(id, { words: later, base: said, english: unit.english });
    for (const [key, draft] of findOthers(id)) if (draft.words === said) store((kept) => kept.removeItem(key));
    if (current === id) { base = said; english = unit.english; }
    apply(found);
    if (current === id) showSaved(unchanged ? "Recorded." : "Saved.");
  };
  // One after the other: the next save starts from what the last one wrote.
  let saving = Promise.resolve();
  const save = (unchanged) => {
    if (!isDirty() && !unchanged) {
      showSaved(units.get(current).state === "stale" ? "The words did not change. If they are right, say so." : "There is nothing to save.");
      return;
    }
    const [id, said] = [current, tidy(words.value)];
    saving = saving.then(() => write(id, said, unchanged)).catch((error) => showSaved(`Not saved. ${error}`, true));
  };

  const apply = (found) => {
    survey = found;
    units = new Map(found.units.map((unit) => [unit.id, unit]));
    for (const [unit, draft] of [...typed]) if (units.get(unit)?.words === draft.words) dropDraft(unit);
    showProgress();
    showTrouble();
    if (view === "") showList();
    else if (view) freshenFrame().catch(() => {});
    if (current === null) return;
    if (!units.has(current)) { current = null; at("form").hidden = true; at("welcome").hidden = false; return; }
    if (!typed.has(current) && tidy(words.value) !== units.get(current).words) words.value = units.get(current).words;
    if (!typed.has(current)) { base = units.get(current).words; english = units.get(current).english; }
    fill();
    check(0);
  };
  const refresh = async () => {
    try {
      const [status, found] = await ask("units");
      if (status === 200) apply(found);
      else showBanner("The texts cannot be read.", found.said ?? []);
    } catch { showBanner(AWAY); }
  };

  const listOrder = () => {
    if (view === "") return [...at("rows").querySelectorAll("[data-unit]")].map((row) => row.dataset.unit);
    return [...new Set(listSpans().map((span) => span.dataset.unit))];
  };
  const walk = (step, wanted) => {
    const from = (order) => {
      const here = order.indexOf(current);
      const round = step > 0 ? [...order.slice(here + 1), ...order.slice(0, Math.max(here, 0))] : order.slice(0, Math.max(here, 0)).reverse();
      return round.find((id) => units.has(id) && wanted(units.get(id)));
    };
    const found = from(listOrder()) ?? (step > 0 ? from([...units.keys()]) : undefined);
    if (found) open(found, true);
    else if (current) showSaved(step > 0 ? "Nothing is left to do." : "This is the first.");
  };
  const goOn = () => walk(1, (unit) => !isDone(unit) || typed.has(unit.id));
  at("previous").addEventListener("click", () => walk(-1, () => true));
  at("next").addEventListener("click", () => walk(1, () => true));
  at("todo").addEventListener("click", goOn);
  at("begin").addEventListener("click", goOn);
  at("close").addEventListener("click", close);
  at("undo").addEventListener("click", () => {
    dropDraft(current);
    open(current, true);
    showProgress();
  });
  at("right").addEventListener("click", () => save(true));
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(false);
  });
  at("form").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(false);
    } else if (event.key === "Escape" && !event.isComposing) close();
  });

  const route = () => {
    const place = new URLSearchParams(location.hash.slice(1));
    const links = [...at("views").querySelectorAll("a")];
    const known = links.some((link) => link.dataset.view === place.get("view"));
    const wanted = known ? place.get("view") : links[0].dataset.view;
    for (const link of links) {
      if (link.dataset.view === wanted) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.body.classList.remove("editing");
    const changed = wanted !== view;
    view = wanted;
    at("sheet").hidden = view === "";
    at("list").hidden = view !== "";
    if (view === "") showList();
    else if (changed) frame.src = addressOf(view);
    if (place.get("unit")) open(place.get("unit"), false);
  };
  addEventListener("hashchange", route);
  addEventListener("storage", () => { if (current) showOthers(); });
  addEventListener("beforeunload", (event) => {
    if (typed.size && !leaving) event.preventDefault();
  });

  let source;
  let heard = null;
  const hear = (event) => {
    const said = JSON.parse(event.data);
    const now = [said.files.split("-")[0], said.files, said.lines.join("\n")];
    if (heard && now[0] !== heard[0]) {
      const again = () => { leaving = true; location.reload(); };
      showBanner("The server was started anew. What you typed is kept in this browser.", [], button("Load the page anew", again));
      source.close();
      return;
    }
    const changed = heard && now.some((each, number) => each !== heard[number]);
    heard = now;
    if (changed) refresh();
  };
  // A browser holds few connections to one host; a page that nobody sees needs none.
  const listen = () => {
    source?.close();
    if (document.visibilityState !== "visible") return;
    source = new EventSource("/_events");
    source.onmessage = hear;
  };
  const start = async () => {
    at("needs").remove();
    say(at("progress"), "Reading the texts …");
    await refresh();
    if (!survey) return;
    at("desk").hidden = false;
    route();
    listen();
    document.addEventListener("visibilitychange", () => { listen(); if (document.visibilityState === "visible") refresh(); });
  };
  start();
})();
