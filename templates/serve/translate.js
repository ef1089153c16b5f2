// The translator's editor: what is being edited, checked and saved, and the way from one text to the next.
import { AWAY, ask, at, button, desk, inEnglish, inLanguage, join, make, own, say, space, tidy } from "./translate-page.js";
import { dropDraft, findOthers, keepDraft, store, typed } from "./translate-drafts.js";
import {
  addressOf, decorate, findSpan, freshenFrame, isDone, listChips, listSpans, showBanner, showList, showProgress, showTrouble, whenChosen,
} from "./translate-views.js";

const words = at("words");
const frame = at("frame");
const PAUSE = 250; // milliseconds without a key before the words are checked
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
const sayFine = (unwatched) => {
  if (!unwatched.length) return make("p", { className: "good" }, "The checks find nothing wrong.");
  const lost = unwatched.map((each) => `“${each}”`).join(", ");
  return make("p", { className: "unsure" }, `Nothing wrong was found, but a lost ${lost} is not looked for: content/markers/${own.locale}.yaml has no words for it.`);
};
const showProblems = (problems, quiet = "") => {
  const items = problems.map((each) => make("li", { className: each.severity }, `${each.message.replace(/\.?$/, ".")} ${each.remedy}`));
  if (items.length) say(at("checked"), make("ul", {}, ...items));
  else if (quiet) say(at("checked"), make("p", { className: "quiet" }, quiet));
  else say(at("checked"), sayFine(desk.units.get(desk.current).unwatched));
};
const showOthers = () => {
  const box = at("others");
  const found = findOthers(desk.current).filter(([, draft]) => draft.words !== tidy(words.value) && draft.words !== desk.units.get(desk.current).words);
  box.hidden = !found.length;
  say(box);
  if (!found.length) return;
  const parts = found.map(([key, draft]) => make("div", {}, inLanguage("blockquote", draft.words), make("div", { className: "buttons" },
    button("Use these words", () => { words.value = draft.words; words.dispatchEvent(new Event("input")); store((kept) => kept.removeItem(key)); showOthers(); words.focus(); }),
    button("Throw them away", () => { store((kept) => kept.removeItem(key)); showOthers(); words.focus(); }))));
  box.replaceChildren(make("p", {}, "Typed in another tab, or earlier, and not saved:"), ...parts);
};
const showConflict = () => {
  const unit = desk.units.get(desk.current);
  const box = at("conflict");
  const parts = [];
  if (unit.broken.length) parts.push(make("p", {}, "This text cannot be saved until its file is mended:"), ...unit.broken.map((line) => make("p", {}, make("code", {}, line))));
  else if (isDirty() && unit.words !== desk.base) {
    const take = () => { words.value = unit.words; dropDraft(desk.current); open(desk.current, true); };
    const keep = () => { desk.base = unit.words; note(); showConflict(); words.focus(); };
    parts.push(
      make("p", {}, unit.words ? "These words were changed meanwhile, in another tab or in the file. They now are:" : "The words were taken out of the file meanwhile."),
      ...(unit.words ? [inLanguage("blockquote", unit.words)] : []),
      make("p", {}, "Yours stand below. Take one of the two, or make one of both below and then keep yours."),
      make("div", { className: "buttons" }, button("Take theirs", take), button("Keep mine", keep)),
    );
  }
  if (unit.english !== desk.english && !unit.broken.length) {
    const seen = () => { desk.english = unit.english; if (isDirty()) note(); showConflict(); words.focus(); };
    parts.push(make("p", {}, "The English changed while you were at it. It now stands above; before it was:"), inEnglish("blockquote", desk.english), make("div", { className: "buttons" }, button("I have read the new one", seen)));
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
  showSaved("");
  fill();
  decorate();
  if (desk.view === "") showList();
  check(0);
  const place = new URLSearchParams({ view: desk.view, unit: id });
  history.replaceState(null, "", `#${place}`);
  if (!focus) return;
  at("panel").scrollTop = 0;
  (NARROW.matches ? at("group") : words).focus(); // a phone's keyboard would cover the English
  findSpan(id)?.scrollIntoView({ block: "nearest" });
};
const close = () => {
  document.body.classList.remove("editing");
  const target = desk.view === "" ? at("rows").querySelector(`[data-unit="${CSS.escape(desk.current)}"]`) : findSpan(desk.current);
  target?.focus();
};

let waiting;
let asked = 0;
const check = (pause) => {
  clearTimeout(waiting);
  const mine = ++asked;
  const unit = desk.units.get(desk.current);
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
  if (said === desk.units.get(desk.current).words) dropDraft(desk.current);
  else keepDraft(desk.current, { words: said, base: desk.base, english: desk.english });
  if (typed.size === before) return;
  showProgress();
  decorate();
  if (desk.view === "") showList();
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
  const unit = desk.units.get(id);
  const draft = typed.get(id);
  const from = desk.current === id ? desk.base : draft?.base ?? unit?.words ?? "";
  const seen = desk.current === id ? desk.english : draft?.english ?? unit?.english ?? "";
  let status, found;
  try {
    [status, found] = await ask("save", { unit: id, words: said, base: from, english: seen, unchanged });
  } catch {
    showSaved(`Not saved. ${AWAY}`, true);
    return;
  }
  if (status === 409) {
    desk.units.set(id, found.unit);
    if (desk.current === id) { fill(); showSaved("Not saved: see above.", true); at("conflict").scrollIntoView({ block: "nearest" }); }
    return;
  }
  if (status !== 200) {
    showSaved(`Not saved. ${found.said.join(" ")}`, true);
    if (status === 422) refresh();
    return;
  }
  const later = desk.current === id ? tidy(words.value) : typed.get(id)?.words ?? said;
  if (later === said) dropDraft(id);
  else keepDraft(id, { words: later, base: said, english: unit.english });
  for (const [key, draft] of findOthers(id)) if (draft.words === said) store((kept) => kept.removeItem(key));
  if (desk.current === id) { desk.base = said; desk.english = unit.english; }
  apply(found);
  if (desk.current === id) showSaved(unchanged ? "Recorded." : "Saved.");
};
// One after the other: the next save starts from what the last one wrote.
let saving = Promise.resolve();
const save = (unchanged) => {
  if (!isDirty() && !unchanged) {
    showSaved(desk.units.get(desk.current).state === "stale" ? "The words did not change. If they are right, say so." : "There is nothing to save.");
    return;
  }
  const [id, said] = [desk.current, tidy(words.value)];
  saving = saving.then(() => write(id, said, unchanged)).catch((error) => showSaved(`Not saved. ${error}`, true));
};

const apply = (found) => {
  desk.survey = found;
  desk.units = new Map(found.units.map((unit) => [unit.id, unit]));
  for (const [unit, draft] of [...typed]) if (desk.units.get(unit)?.words === draft.words) dropDraft(unit);
  showProgress();
  showTrouble();
  if (desk.view === "") showList();
  else if (desk.view) freshenFrame().catch(() => {});
  if (desk.current === null) return;
  if (!desk.units.has(desk.current)) { desk.current = null; at("form").hidden = true; at("welcome").hidden = false; return; }
  if (!typed.has(desk.current) && tidy(words.value) !== desk.units.get(desk.current).words) words.value = desk.units.get(desk.current).words;
  if (!typed.has(desk.current)) { desk.base = desk.units.get(desk.current).words; desk.english = desk.units.get(desk.current).english; }
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
  if (desk.view === "") return [...at("rows").querySelectorAll("[data-unit]")].map((row) => row.dataset.unit);
  return [...new Set(listSpans().map((span) => span.dataset.unit))];
};
const walk = (step, wanted) => {
  const from = (order) => {
    const here = order.indexOf(desk.current);
    const round = step > 0 ? [...order.slice(here + 1), ...order.slice(0, Math.max(here, 0))] : order.slice(0, Math.max(here, 0)).reverse();
    return round.find((id) => desk.units.has(id) && wanted(desk.units.get(id)));
  };
  const found = from(listOrder()) ?? (step > 0 ? from([...desk.units.keys()]) : undefined);
  if (found) open(found, true);
  else if (desk.current) showSaved(step > 0 ? "Nothing is left to do." : "This is the first.");
};
const goOn = () => walk(1, (unit) => !isDone(unit) || typed.has(unit.id));
at("previous").addEventListener("click", () => walk(-1, () => true));
at("next").addEventListener("click", () => walk(1, () => true));
at("todo").addEventListener("click", goOn);
at("begin").addEventListener("click", goOn);
at("close").addEventListener("click", close);
at("undo").addEventListener("click", () => {
  dropDraft(desk.current);
  open(desk.current, true);
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
  const changed = wanted !== desk.view;
  desk.view = wanted;
  at("sheet").hidden = desk.view === "";
  at("list").hidden = desk.view !== "";
  if (desk.view === "") showList();
  else if (changed) frame.src = addressOf(desk.view);
  if (place.get("unit")) open(place.get("unit"), false);
};
addEventListener("hashchange", route);
addEventListener("storage", () => { if (desk.current) showOthers(); });
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
  if (!desk.survey) return;
  at("desk").hidden = false;
  route();
  listen();
  document.addEventListener("visibilitychange", () => { listen(); if (document.visibilityState === "visible") refresh(); });
};
whenChosen((unit) => open(unit, true));
start();
