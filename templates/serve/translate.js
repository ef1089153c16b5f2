// The translator's editor: what is being edited, checked and saved, and the way from one text to the next.
import { AWAY, ask, at, button, desk, inEnglish, inLanguage, listLines, make, own, say, space, tell, tellAway } from "./translate-page.js";
import { discard, dropDraft, hearOthers, keepDraft, listOthers, lookAround, putBack, takeSlot, typed } from "./translate-drafts.js";
import { put, putHere, straighten, tidy, words } from "./translate-field.js";
import {
  decorate, findSpan, freshenFrame, isDone, listChips, listSpans, listUnsaved, showDrafts, showLeaflet, showList, showProgress,
  showTrouble, whenChosen,
} from "./translate-views.js";

const frame = at("frame");
const PAUSE = 250; // milliseconds without a key before the words are checked
const MOST = 2000; // characters of a text, as the server takes them
const STATES = { draft: "machine draft", translated: "translated", revised: "revised", checked: "checked by a clinician" };
const NARROW = matchMedia("(max-width: 60rem)"); // as in translate.css

let leaving = false;

// What is being edited

const isDirty = () => desk.current !== null && tidy(words.value) !== desk.units.get(desk.current).words;
const showButtons = () => {
  const unit = desk.units.get(desk.current);
  const dirty = isDirty();
  at("save").setAttribute("aria-disabled", String(!dirty));
  at("right").hidden = dirty || unit.state !== "stale";
  at("undo").hidden = !dirty;
  say(at("chips"), ...space(listChips(unit)), STATES[unit.state] ?? "");
};
const showTerms = (unit) => {
  at("terms").hidden = !unit.terms.length;
  at("fixed").replaceChildren(...unit.terms.map((term) => {
    const fixed = inLanguage("button", term.words);
    Object.assign(fixed, { type: "button", title: "Put it where the cursor is" });
    fixed.addEventListener("click", () => putHere(term.words));
    const words = term.avoid.flatMap((each, number) => [number ? ", " : "not: ", inLanguage("bdi", each.replace(/\*$/, "…"))]);
    const avoid = words.length ? [make("span", { className: "avoid" }, ...words)] : [];
    const note = term.note ? [make("p", { className: "about" }, term.note)] : [];
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
const sayFine = (unwatched) => {
  if (!unwatched.length) return make("p", { className: "good" }, "The checks find nothing wrong.");
  const lost = unwatched.map((each) => `“${each}”`).join(", ");
  return make("p", { className: "unsure" }, `Nothing wrong was found, but a lost ${lost} is not looked for: content/markers/${own.locale}.yaml has no words for it.`);
};
const SEVERITIES = { error: "Error, so its leaflet is not made:", warning: "Warning:", note: "Note:" };
const quote = ([said, lang]) => (lang ? make("bdi", { lang, dir: lang === own.locale ? own.dir : "ltr" }, said) : said);
const showProblems = (problems, quiet = "") => {
  const items = problems.map((each) => make("li", { className: each.severity }, make("strong", {}, SEVERITIES[each.severity]), " ", ...each.parts.map(quote)));
  const lists = [...new Set(problems.flatMap((each) => each.lists))].map((path) =>
    make("p", { className: "quiet" }, make("code", {}, path), " is a list that somebody changes by hand, with a text editor; it cannot be changed here."));
  if (items.length) say(at("checked"), make("ul", {}, ...items), ...lists);
  else if (quiet) say(at("checked"), make("p", { className: "quiet" }, quiet));
  else say(at("checked"), sayFine(desk.units.get(desk.current).unwatched));
};
// By unit: what stood in the field before somebody took other words. By key: what a closed tab had left and somebody threw away.
const replaced = new Map();
const thrown = new Map();
const swap = (draft) => {
  const before = { words: tidy(words.value), base: desk.base, english: desk.english };
  if (isDirty()) replaced.set(desk.current, before);
  else replaced.delete(desk.current);
  desk.base = draft.base;
  desk.english = draft.english;
  put(draft.words);
  note();
  showDrafts();
  fill();
};
const offer = (said, draft, ...buttons) =>
  make("div", { "data-key": draft.key ?? "" }, make("p", {}, said), inLanguage("blockquote", draft.words), make("div", { className: "buttons" }, ...buttons));
const offerOther = (draft) => {
  const use = () => swap({ words: draft.words, base: desk.base, english: desk.english });
  const forget = async () => {
    thrown.set(draft.key, draft);
    await discard(draft);
    showDrafts();
    showOthers();
    words.focus();
  };
  if (draft.alive) return offer("Typed in another tab that is open, and not saved there:", draft, button("Use these words", use));
  return offer("Typed in a tab that was closed, and not saved:", draft, button("Use these words", use), button("Throw them away", forget));
};
const offerThrown = (draft) => offer("Thrown away:", draft, button("Take it back", async () => {
  thrown.delete(draft.key);
  await putBack(draft);
  showDrafts();
  showOthers();
}));
const showOthers = () => {
  const known = [tidy(words.value), desk.units.get(desk.current).words];
  const own = replaced.get(desk.current);
  const found = listOthers().filter((draft) => draft.unit === desk.current && draft.words && !known.includes(draft.words));
  const parts = [
    ...(own && !known.includes(own.words) ? [offer("What you typed before:", own, button("Take it back", () => swap(own)))] : []),
    ...found.map(offerOther),
    ...[...thrown.values()].filter((draft) => draft.unit === desk.current).map(offerThrown),
  ];
  at("others").hidden = !parts.length;
  say(at("others"), ...parts);
};
const showConflict = () => {
  const unit = desk.units.get(desk.current);
  const box = at("conflict");
  const parts = [];
  if (unit.broken.length) parts.push(make("p", {}, "This text cannot be saved until its file is mended:"), ...unit.broken.map((line) => make("p", {}, make("code", {}, line))));
  else if (isDirty() && unit.words !== desk.base) {
    const now = () => desk.units.get(desk.current);
    const take = () => swap({ words: now().words, base: now().words, english: desk.english });
    const keep = () => { desk.base = now().words; note(); showConflict(); words.focus(); };
    parts.push(
      make("p", {}, unit.words ? "These words were changed meanwhile, in another tab or in the file. They now are:" : "The words were taken out of the file meanwhile."),
      ...(unit.words ? [inLanguage("blockquote", unit.words)] : []),
      make("p", {}, "Yours stand below. Take one of the two, or make one of both below and then keep yours."),
      make("div", { className: "buttons" }, button("Take theirs", take), button("Keep mine", keep)),
    );
  }
  if (unit.english !== desk.english && !unit.broken.length) {
    const seen = () => { desk.english = desk.units.get(desk.current).english; if (isDirty()) note(); showConflict(); words.focus(); };
    parts.push(make("p", {}, "The English changed while you were at it. It now stands above; before it was:"), inEnglish("blockquote", desk.english), make("div", { className: "buttons" }, button("I have read the new one", seen)));
  }
  box.hidden = !parts.length;
  say(box, ...parts);
};
const showSaved = (said, wrong = false) => {
  at("saved").classList.toggle("wrong", wrong);
  say(at("saved"), said);
};
const fill = () => {
  const unit = desk.units.get(desk.current);
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
  if (!desk.units.has(id)) return;
  const draft = typed.get(id);
  const unit = desk.units.get(id);
  desk.current = id;
  desk.base = draft?.base ?? unit.words;
  desk.english = draft?.english ?? unit.english;
  words.value = draft?.words ?? unit.words;
  at("welcome").hidden = true;
  at("form").hidden = false;
  document.body.classList.add("editing");
  tell(`save ${id}`);
  showSaved(failed.get(id) ?? "", failed.has(id));
  fill();
  decorate();
  if (desk.view === "") showList();
  check(0);
  history.replaceState(null, "", namePlace());
  if (!focus) return;
  at("panel").scrollTop = 0;
  (NARROW.matches ? at("group") : words).focus(); // a phone's keyboard would cover the English
  findSpan(id)?.scrollIntoView({ block: "nearest" });
};
const close = () => {
  document.body.classList.remove("editing");
  const order = listOrder();
  const here = order.indexOf(desk.current);
  const findTarget = (id) => (desk.view === "" ? at("rows").querySelector(`[data-unit="${CSS.escape(id)}"]`) : findSpan(id));
  const near = [...order.slice(here), ...order.slice(0, here).reverse()].map(findTarget).find(Boolean); // its own row may be sifted out
  (near ?? (desk.view === "" ? at("search") : at("frame"))).focus();
};

let waiting;
let asked = 0;
const check = (pause) => {
  clearTimeout(waiting);
  const mine = ++asked;
  const unit = desk.units.get(desk.current);
  const said = tidy(words.value);
  if (unit.broken.length) { showProblems([], "It is not checked until its file is mended."); return; }
  if (!said) { showProblems([], "Nothing is written yet."); return; }
  if (countOver()) { showProblems([], countOver()); return; }
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
const countOver = () => {
  const length = [...tidy(words.value)].length;
  return length > MOST ? `These are ${length.toLocaleString("en")} characters; at most ${MOST.toLocaleString("en")} can be saved. Nothing was cut: shorten them.` : "";
};
// Remember what is typed, unless it is what the file says.
const note = () => {
  const said = tidy(words.value);
  const before = String(listUnsaved(desk.current));
  if (said === desk.units.get(desk.current).words) dropDraft(desk.current);
  else keepDraft(desk.current, { words: said, base: desk.base, english: desk.english });
  if (String(listUnsaved(desk.current)) !== before) showDrafts();
};
words.addEventListener("beforeinput", (event) => {
  if (!["insertLineBreak", "insertParagraph"].includes(event.inputType)) return;
  event.preventDefault();
  showSaved("A text is one line. Ctrl+Enter saves it.");
});
words.addEventListener("input", (event) => {
  if (straighten(event)) return;
  showSaved("");
  note();
  showButtons();
  showOthers();
  check(PAUSE);
});

// Say what became of a save: beside the field, or above where another text is open by now.
const failed = new Map();
const tellSaved = (id, said, wrong = false) => {
  if (wrong) failed.set(id, said);
  else failed.delete(id);
  if (desk.current === id) showSaved(said, wrong);
  else if (wrong) tell(`save ${id}`, make("p", {}, make("code", {}, id), `: ${said}`), button("Open it", () => open(id, true)));
  else {
    tell(`save ${id}`);
    showSaved(`${id}: ${said}`);
  }
};
const write = async (id, said, seen, unchanged) => {
  const from = desk.current === id ? desk.base : typed.get(id)?.base ?? desk.units.get(id)?.words ?? "";
  let status, found;
  try {
    [status, found] = await ask("save", { unit: id, words: said, base: from, english: seen, unchanged });
  } catch {
    tellSaved(id, `Not saved. ${AWAY}`, true);
    return;
  }
  if (status === 409) {
    desk.units.set(id, found.unit);
    if (desk.current === id) fill();
    tellSaved(id, desk.current === id ? "Not saved: see above." : "Not saved: it was changed meanwhile, in another tab or in a file.", true);
    if (desk.current === id) at("conflict").scrollIntoView({ block: "nearest" });
  } else if (status === 200) await settle(id, said, seen, unchanged, found);
  else {
    tellSaved(id, `Not saved. ${found.said.join(" ")}`, true);
    if (status === 422) refresh();
  }
};
// Forget of a draft what is in the file now, and keep what was typed since.
const settle = async (id, said, seen, unchanged, found) => {
  const later = desk.current === id ? tidy(words.value) : typed.get(id)?.words ?? said;
  if (later !== said) keepDraft(id, { words: later, base: said, english: seen });
  else {
    dropDraft(id);
    replaced.delete(id);
  }
  if (desk.current === id) [desk.base, desk.english] = [said, seen];
  apply(found);
  for (const draft of listOthers().filter((each) => each.unit === id && each.words === said)) await discard(draft);
  tellSaved(id, unchanged ? "Recorded." : "Saved.");
};
// One after the other: the next save starts from what the last one wrote.
let saving = Promise.resolve();
const save = (unchanged) => {
  const [id, said, seen] = [desk.current, tidy(words.value), desk.english];
  if (!isDirty() && !unchanged) {
    showSaved(desk.units.get(id).state === "stale" ? "The words did not change. If they are right, say so." : "There is nothing to save.");
  } else if (!said) showSaved("Not saved: there are no words. Write them, or undo what you typed.", true);
  else if (countOver()) showSaved(`Not saved. ${countOver()}`, true);
  else saving = saving.then(() => write(id, said, seen, unchanged)).catch((error) => tellSaved(id, `Not saved. ${error}`, true));
};

// While a file cannot be read its texts stay as they were read last, so that what is open stays open.
const keepUnread = (found) => {
  const units = new Map(found.units.map((unit) => [unit.id, unit]));
  for (const [id, old] of found.problems.length ? desk.units : []) {
    const now = units.get(id);
    if (!now) units.set(id, { ...old, done: false, broken: found.problems });
    else if (now.broken.length) units.set(id, { ...old, done: false, broken: now.broken });
  }
  return units;
};
let reads = 0; // so that an answer that was overtaken is left aside
const apply = (found) => {
  reads += 1;
  tell("unread");
  tell("away");
  const first = !desk.survey;
  desk.survey = found;
  desk.units = keepUnread(found);
  for (const [unit, draft] of [...typed]) if (desk.units.get(unit)?.words === draft.words) dropDraft(unit);
  showProgress();
  showTrouble();
  at("desk").hidden = false;
  if (first) { route(); return; }
  if (desk.view === "") showList();
  else freshenFrame().catch(() => {});
  renew();
};
// Show of the open text what is known now.
const renew = () => {
  if (desk.current === null) return;
  const unit = desk.units.get(desk.current);
  if (!unit) { desk.current = null; at("form").hidden = true; at("welcome").hidden = false; return; }
  if (!typed.has(unit.id)) {
    if (tidy(words.value) !== unit.words) words.value = unit.words;
    desk.base = unit.words;
    desk.english = unit.english;
  }
  fill();
  check(0);
};
const refresh = async () => {
  const mine = ++reads;
  try {
    const [status, found] = await ask("units");
    await lookAround();
    if (mine !== reads) return;
    if (status === 200) apply(found);
    else tell("unread", make("p", {}, "The texts cannot be read. They are shown when that is mended:"), listLines(found.said ?? []));
  } catch { tellAway(); }
};

// The order to go through: that of the leaflet, or of the rows, among which an open text has its place though it is sifted out.
const listOrder = () => {
  if (desk.view !== "") return [...new Set(listSpans().map((span) => span.dataset.unit))];
  const rows = new Set([...at("rows").querySelectorAll("[data-unit]")].map((row) => row.dataset.unit));
  return [...desk.units.keys()].filter((id) => rows.has(id) || id === desk.current);
};
const walk = (step, wanted) => {
  const from = (order) => {
    const here = order.indexOf(desk.current);
    const before = order.slice(0, Math.max(here, 0));
    const round = step > 0 ? [...order.slice(here + 1), ...before] : before.reverse();
    return round.find((id) => desk.units.has(id) && wanted(desk.units.get(id)));
  };
  const found = from(listOrder()) ?? (step > 0 ? from([...desk.units.keys()]) : undefined);
  if (found) open(found, true);
  else if (desk.current) showSaved(step > 0 ? "Nothing is left to do." : "This is the first.");
};
const goOn = () => walk(1, (unit) => !isDone(unit) || listUnsaved(unit.id).length);
at("previous").addEventListener("click", () => walk(-1, () => true));
at("next").addEventListener("click", () => walk(1, () => true));
at("todo").addEventListener("click", goOn);
at("begin").addEventListener("click", goOn);
at("close").addEventListener("click", close);
at("undo").addEventListener("click", () => {
  const unit = desk.units.get(desk.current);
  swap({ words: unit.words, base: unit.words, english: unit.english });
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

const namePlace = () => `#${new URLSearchParams({ view: desk.view, ...(desk.current ? { unit: desk.current } : {}) })}`;
const isThere = () => fetch("/_translate/translate.css", { method: "HEAD" }).then((answer) => answer.ok, () => false);
const route = async () => {
  const { hash } = location;
  const place = new URLSearchParams(hash.slice(1));
  const links = [...at("views").querySelectorAll("a")];
  const chosen = links.find((link) => link.dataset.view === place.get("view")) ?? links[0];
  const wanted = chosen.dataset.view;
  const changed = wanted !== desk.view;
  if (changed && wanted && desk.view !== null && !(await isThere())) { // the frame would show an error of the browser's own
    tellAway();
    history.replaceState(null, "", namePlace());
    return;
  }
  if (hash !== location.hash) return; // somebody went on meanwhile
  for (const link of links) {
    if (link === chosen) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${chosen.textContent} – Translate into ${own.language} – Leaflets`;
  document.body.classList.remove("editing");
  desk.view = wanted;
  at("sheet").hidden = desk.view === "";
  at("list").hidden = desk.view !== "";
  if (desk.view === "") showList();
  else if (changed) showLeaflet();
  if (place.get("unit")) open(place.get("unit"), false);
};
addEventListener("hashchange", route);
hearOthers(() => {
  showDrafts();
  if (desk.current) showOthers();
});
addEventListener("beforeunload", (event) => {
  if (typed.size && !leaving) event.preventDefault();
});

const RETRY = 3000; // milliseconds
let source;
let heard = null;
const hear = (event) => {
  const said = JSON.parse(event.data);
  const now = [said.files.split("-")[0], said.changes, said.files, String(said.busy)];
  if (heard && now[0] !== heard[0]) {
    const again = () => { leaving = true; location.reload(); };
    tell("restarted", make("p", {}, "The server was started anew. What you typed is kept in this browser."), button("Load the page anew", again));
    source.close();
    return;
  }
  const changed = String(now) !== String(heard); // the first time too: something may have changed since the texts were read
  heard = now;
  if (changed) refresh();
};
// A browser holds few connections to one host; a page that nobody sees needs none.
const listen = () => {
  source?.close();
  if (document.visibilityState !== "visible") return;
  source = new EventSource("/_events");
  source.onmessage = hear;
  source.onopen = () => tell("away");
  source.onerror = () => {
    tellAway();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY); // else the browser itself tries again
  };
};
const start = async () => {
  at("needs").remove();
  say(at("progress"), "Reading the texts …");
  await takeSlot();
  listen();
  document.addEventListener("visibilitychange", () => { listen(); if (document.visibilityState === "visible") refresh(); });
  await refresh();
};
whenChosen((unit) => open(unit, true));
start();
