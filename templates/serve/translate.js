// The translator's editor: what is saved, the way from one text to the next, and what the server tells. This is the module that
// translate.html loads; it imports the others. routes.py serves them (SCRIPTS), and a wheel holds them with all of templates/.
import { AWAY, ask, at, button, editor, listLines, make, namePlace, own, say, tell, tellAway } from "./translate-page.js";
import { discard, dropDraft, hearOthers, keepDraft, listOthers, lookAround, takeSlot, typed } from "./translate-drafts.js";
import { tidy, words } from "./translate-field.js";
import {
  findSpan,
  freshenFrame,
  isDone,
  listSpans,
  listUnsaved,
  showDrafts,
  showLeaflet,
  showList,
  showProgress,
  showTrouble,
  whenChosen,
} from "./translate-views.js";
import { check, countOver, failed, fill, isDirty, open, replaced, showOthers, showSaved, swap } from "./translate-panel.js";

let leaving = false;

// Say what became of a save: beside the field, or above where another text is open by now.
const tellSaved = (id, said, wrong = false) => {
  if (wrong) failed.set(id, said);
  else failed.delete(id);
  if (editor.current === id) showSaved(said, wrong);
  else if (wrong)
    tell(
      `save ${id}`,
      make("p", {}, make("code", {}, id), `: ${said}`),
      button("Open it", () => open(id, true)),
    );
  else {
    tell(`save ${id}`);
    showSaved(`${id}: ${said}`);
  }
};
const write = async (id, said, seen, unchanged) => {
  const from = editor.current === id ? editor.base : (typed.get(id)?.base ?? editor.units.get(id)?.words ?? "");
  let status, found;
  try {
    [status, found] = await ask("save", { unit: id, words: said, base: from, english: seen, unchanged });
  } catch {
    tellSaved(id, `Not saved. ${AWAY}`, true);
    return;
  }
  if (status === 409) {
    editor.units.set(id, found.unit);
    if (editor.current === id) fill();
    tellSaved(
      id,
      editor.current === id ? "Not saved: see above." : "Not saved: it was changed meanwhile, in another tab or in a file.",
      true,
    );
    if (editor.current === id) at("conflict").scrollIntoView({ block: "nearest" });
  } else if (status === 200) await settle(id, said, seen, unchanged, found);
  else {
    tellSaved(id, `Not saved. ${found.said.join(" ")}`, true);
    if (status === 422) refresh();
  }
};
// Forget of a draft what is in the file now, and keep what was typed since.
const settle = async (id, said, seen, unchanged, found) => {
  const later = editor.current === id ? tidy(words.value) : (typed.get(id)?.words ?? said);
  if (later !== said) keepDraft(id, { words: later, base: said, english: seen });
  else {
    dropDraft(id);
    replaced.delete(id);
  }
  if (editor.current === id) [editor.base, editor.english] = [said, seen];
  apply(found);
  for (const draft of listOthers().filter((each) => each.unit === id && each.words === said)) await discard(draft);
  tellSaved(id, unchanged ? "Recorded." : "Saved.");
};
// One after the other: the next save starts from what the last one wrote.
let saving = Promise.resolve();
const save = (unchanged) => {
  const [id, said, seen] = [editor.current, tidy(words.value), editor.english];
  if (!isDirty() && !unchanged) {
    showSaved(
      editor.units.get(id).state === "stale"
        ? "The words did not change. If they are right, say so."
        : "There is nothing to save.",
    );
  } else if (!said) showSaved("Not saved: there are no words. Write them, or undo what you typed.", true);
  else if (countOver()) showSaved(`Not saved. ${countOver()}`, true);
  else saving = saving.then(() => write(id, said, seen, unchanged)).catch((error) => tellSaved(id, `Not saved. ${error}`, true));
};

// While a file cannot be read its texts stay as they were read last, so that what is open stays open.
const keepUnread = (found) => {
  const units = new Map(found.units.map((unit) => [unit.id, unit]));
  for (const [id, old] of found.problems.length ? editor.units : []) {
    const now = units.get(id);
    if (!now) units.set(id, { ...old, done: false, broken: found.problems });
    else if (now.broken.length) units.set(id, { ...old, done: false, broken: now.broken });
  }
  return units;
};
const apply = (found) => {
  tell("unread");
  tell("away");
  if (found.number < editor.known?.number) return; // a later answer overtook it
  const first = !editor.known;
  editor.known = found;
  editor.units = keepUnread(found);
  for (const [unit, draft] of typed) if (editor.units.get(unit)?.words === draft.words) dropDraft(unit);
  showProgress();
  showTrouble();
  at("editor").hidden = false;
  if (first) {
    route();
    return;
  }
  if (editor.view === "") showList();
  else freshenFrame().catch(() => {});
  renew();
};
// Show of the open text what is known now.
const renew = () => {
  if (editor.current === null) return;
  const unit = editor.units.get(editor.current);
  if (!unit) {
    editor.current = null;
    at("form").hidden = true;
    at("welcome").hidden = false;
    return;
  }
  if (!typed.has(unit.id)) {
    if (tidy(words.value) !== unit.words) words.value = unit.words;
    editor.base = unit.words;
    editor.english = unit.english;
  }
  fill();
  check(0);
};
const refresh = async () => {
  try {
    const [status, found] = await ask("units");
    await lookAround();
    if (status === 200) apply(found);
    else
      tell("unread", make("p", {}, "The texts cannot be read. They are shown when that is mended:"), listLines(found.said ?? []));
  } catch {
    tellAway();
  }
};

// The order to go through: that of the leaflet, or of the rows, among which an open text has its place though it is sifted out.
const listOrder = () => {
  if (editor.view !== "") return [...new Set(listSpans().map((span) => span.dataset.unit))];
  const rows = new Set([...at("rows").querySelectorAll("[data-unit]")].map((row) => row.dataset.unit));
  return [...editor.units.keys()].filter((id) => rows.has(id) || id === editor.current);
};
const walk = (step, wanted) => {
  const from = (order) => {
    const here = order.indexOf(editor.current);
    const before = order.slice(0, Math.max(here, 0));
    const round = step > 0 ? [...order.slice(here + 1), ...before] : before.reverse();
    return round.find((id) => editor.units.has(id) && wanted(editor.units.get(id)));
  };
  const found = from(listOrder()) ?? (step > 0 ? from([...editor.units.keys()]) : undefined);
  if (found) open(found, true);
  else if (editor.current)
    showSaved(
      step < 0
        ? "This is the first."
        : editor.known.problems.length
          ? "Of what can be read, nothing is left to do."
          : "Nothing is left to do.",
    );
};
const close = () => {
  document.body.classList.remove("editing");
  const order = listOrder();
  const here = order.indexOf(editor.current);
  const findTarget = (id) => (editor.view === "" ? at("rows").querySelector(`[data-unit="${CSS.escape(id)}"]`) : findSpan(id));
  const around = here < 0 ? [] : [...order.slice(here), ...order.slice(0, here).reverse()]; // its own row may be sifted out
  const near = around.map(findTarget).find(Boolean);
  (near ?? (editor.view === "" ? at("search") : at("frame"))).focus();
};
const goOn = () => walk(1, (unit) => !isDone(unit) || listUnsaved(unit.id).length);
at("previous").addEventListener("click", () => walk(-1, () => true));
at("next").addEventListener("click", () => walk(1, () => true));
at("todo").addEventListener("click", goOn);
at("begin").addEventListener("click", goOn);
at("close").addEventListener("click", close);
at("undo").addEventListener("click", () => {
  const unit = editor.units.get(editor.current);
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

const isThere = () =>
  fetch("/_translate/translate.css", { method: "HEAD" }).then(
    (answer) => answer.ok,
    () => false,
  );
const route = async () => {
  const { hash } = location;
  const place = new URLSearchParams(hash.slice(1));
  const links = [...at("views").querySelectorAll("a")];
  const chosen = links.find((link) => link.dataset.view === place.get("view")) ?? links[0];
  const wanted = chosen.dataset.view;
  const changed = wanted !== editor.view;
  if (changed && wanted && editor.view !== null && !(await isThere())) {
    // the frame would show an error of the browser's own
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
  editor.view = wanted;
  at("sheet").hidden = editor.view === "";
  at("list").hidden = editor.view !== "";
  if (editor.view === "") showList();
  else if (changed) showLeaflet();
  if (place.get("unit")) open(place.get("unit"), false);
};
addEventListener("hashchange", route);
hearOthers(() => {
  showDrafts();
  if (editor.current) showOthers();
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
    const again = () => {
      leaving = true;
      location.reload();
    };
    tell(
      "restarted",
      make("p", {}, "The server was started anew. What you typed is kept in this browser."),
      button("Load the page anew", again),
    );
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
  document.addEventListener("visibilitychange", () => {
    listen();
    if (document.visibilityState === "visible") refresh();
  });
  await refresh();
};
whenChosen((unit) => open(unit, true));
start();
