// The text that is being edited: what is shown of it, what the checks say, and what else was typed for it.
import {
  AWAY,
  ask,
  at,
  button,
  editor,
  inEnglish,
  inLanguage,
  make,
  namePlace,
  own,
  say,
  space,
  tell,
} from "./translate-page.js";
import { discard, dropDraft, keepDraft, listOthers, putBack, typed } from "./translate-drafts.js";
import { put, putHere, straighten, tidy, words } from "./translate-field.js";
import { decorate, findSpan, listChips, listUnsaved, showDrafts, showList } from "./translate-views.js";

const PAUSE = 250; // milliseconds without a key before the words are checked
const MOST = 2000; // characters of a text, as the server takes them
const STATES = { draft: "machine draft", translated: "translated", revised: "revised", checked: "checked by a clinician" };
const NARROW = matchMedia("(max-width: 60rem)"); // as in translate.css
export const failed = new Map(); // by unit: why its words could not be saved

export const isDirty = () => editor.current !== null && tidy(words.value) !== editor.units.get(editor.current).words;
const showButtons = () => {
  const unit = editor.units.get(editor.current);
  const dirty = isDirty();
  at("save").setAttribute("aria-disabled", String(!dirty));
  at("right").hidden = dirty || unit.state !== "stale";
  at("undo").hidden = !dirty;
  say(at("chips"), ...space(listChips(unit)), STATES[unit.state] ?? "");
};
const showTerms = (unit) => {
  at("terms").hidden = !unit.terms.length;
  say(
    at("fixed"),
    ...unit.terms.map((term) => {
      const fixed = inLanguage("button", term.words);
      Object.assign(fixed, { type: "button", title: "Put it where the cursor is" });
      fixed.addEventListener("click", () => putHere(term.words));
      const words = term.avoid.flatMap((each, number) => [number ? ", " : "not: ", inLanguage("bdi", each.replace(/\*$/, "…"))]);
      const avoid = words.length ? [make("span", { className: "avoid" }, ...words)] : [];
      const note = term.note ? [make("p", { className: "about" }, term.note)] : [];
      const said = term.words ? fixed : make("span", { className: "avoid" }, "has no fixed word yet");
      return make("li", {}, inEnglish("span", term.english), said, ...avoid, ...note);
    }),
  );
};
const showChanges = (unit) => {
  at("changed").hidden = unit.state !== "stale";
  const names = { kept: "span", deleted: "del", added: "ins" };
  const parts = unit.changes.map(([kind, said]) => make(names[kind], {}, said));
  at("changes").replaceChildren(
    ...(parts.length ? space(parts) : ["It is not on record from which English these words were made."]),
  );
};
// What a reader who had not seen the English understood; of other words it is only said that they were not read back.
const showBack = (unit) => {
  at("back").hidden = !unit.back;
  if (!unit.back) return;
  const { said, words: read } = unit.back;
  if (read && tidy(words.value) === read) say(at("back"), "Read back: ", inEnglish("span", said));
  else if (said) say(at("back"), "Not read back since the words changed. Before that: ", inEnglish("span", said));
  else say(at("back"), "Not read back since the words changed.");
};
const sayFine = (unwatched) => {
  if (!unwatched.length) return make("p", { className: "good" }, "The checks find nothing wrong.");
  const lost = unwatched.map((each) => `“${each}”`).join(", ");
  return make(
    "p",
    { className: "unsure" },
    `Nothing wrong was found, but a lost ${lost} is not looked for: content/markers/${own.locale}.yaml has no words for it.`,
  );
};
const SEVERITIES = { error: "Error, so its leaflet is not made:", warning: "Warning:", note: "Note:" };
const quote = ([said, lang]) => (lang ? make("bdi", { lang, dir: lang === own.locale ? own.dir : "ltr" }, said) : said);
const showProblems = (problems, quiet = "") => {
  const items = problems.map((each) =>
    make("li", { className: each.severity }, make("strong", {}, SEVERITIES[each.severity]), " ", ...each.parts.map(quote)),
  );
  const lists = [...new Set(problems.flatMap((each) => each.lists))].map((path) =>
    make(
      "p",
      { className: "quiet" },
      make("code", {}, path),
      " is a list that somebody changes by hand, with a text editor; it cannot be changed here.",
    ),
  );
  if (items.length) say(at("checked"), make("ul", {}, ...items), ...lists);
  else if (quiet) say(at("checked"), make("p", { className: "quiet" }, quiet));
  else say(at("checked"), sayFine(editor.units.get(editor.current).unwatched));
};
// By unit: what stood in the field before somebody took other words. By key: what a closed tab had left and somebody threw away.
export const replaced = new Map();
const thrown = new Map();
export const swap = (draft) => {
  const before = { words: tidy(words.value), base: editor.base, english: editor.english };
  if (isDirty()) replaced.set(editor.current, before);
  else replaced.delete(editor.current);
  editor.base = draft.base;
  editor.english = draft.english;
  put(draft.words);
  note();
  showDrafts();
  fill();
};
const offer = (said, draft, ...buttons) =>
  make(
    "div",
    { "data-key": draft.key ?? "" },
    make("p", {}, said),
    inLanguage("blockquote", draft.words),
    make("div", { className: "buttons" }, ...buttons),
  );
const offerOther = (draft) => {
  const use = () => swap({ words: draft.words, base: editor.base, english: editor.english });
  const forget = async () => {
    if (await discard(draft)) thrown.set(draft.key, draft);
    showDrafts();
    showOthers();
    words.focus();
  };
  if (draft.alive) return offer("Typed in another tab that is open, and not saved there:", draft, button("Use these words", use));
  return offer(
    "Typed in a tab that was closed, and not saved:",
    draft,
    button("Use these words", use),
    button("Throw them away", forget),
  );
};
const offerThrown = (draft) =>
  offer(
    "Thrown away:",
    draft,
    button("Take it back", async () => {
      thrown.delete(draft.key);
      await putBack(draft);
      showDrafts();
      showOthers();
      words.focus();
    }),
  );
export const showOthers = () => {
  const known = [tidy(words.value), editor.units.get(editor.current).words];
  const own = replaced.get(editor.current);
  const found = listOthers().filter((draft) => draft.unit === editor.current && draft.words && !known.includes(draft.words));
  const parts = [
    ...(own && !known.includes(own.words)
      ? [
          offer(
            "What you typed before:",
            own,
            button("Take it back", () => swap(own)),
          ),
        ]
      : []),
    ...found.map(offerOther),
    ...[...thrown.values()].filter((draft) => draft.unit === editor.current).map(offerThrown),
  ];
  at("others").hidden = !parts.length;
  say(at("others"), ...parts);
};
const showConflict = () => {
  const unit = editor.units.get(editor.current);
  const box = at("conflict");
  const parts = [];
  if (unit.broken.length)
    parts.push(
      make("p", {}, "This text cannot be saved until its file is mended:"),
      ...unit.broken.map((line) => make("p", {}, make("code", {}, line))),
    );
  else if (isDirty() && unit.words !== editor.base) {
    const now = () => editor.units.get(editor.current);
    const take = () => swap({ words: now().words, base: now().words, english: editor.english });
    const keep = () => {
      editor.base = now().words;
      note();
      showConflict();
      words.focus();
    };
    parts.push(
      make(
        "p",
        {},
        unit.words
          ? "These words were changed meanwhile, in another tab or in the file. They now are:"
          : "The words were taken out of the file meanwhile.",
      ),
      ...(unit.words ? [inLanguage("blockquote", unit.words)] : []),
      make("p", {}, "Yours stand below. Take one of the two, or make one of both below and then keep yours."),
      make("div", { className: "buttons" }, button("Take theirs", take), button("Keep mine", keep)),
    );
  }
  if (unit.english !== editor.english && !unit.broken.length) {
    const seen = () => {
      editor.english = editor.units.get(editor.current).english;
      if (isDirty()) note();
      showConflict();
      words.focus();
    };
    parts.push(
      make("p", {}, "The English changed while you were at it. It now stands above; before it was:"),
      inEnglish("blockquote", editor.english),
      make("div", { className: "buttons" }, button("I have read the new one", seen)),
    );
  }
  box.hidden = !parts.length;
  say(box, ...parts);
};
export const showSaved = (said, wrong = false) => {
  at("saved").classList.toggle("wrong", wrong);
  say(at("saved"), said);
};
export const fill = () => {
  const unit = editor.units.get(editor.current);
  say(at("group"), unit.group);
  say(at("unit"), unit.id);
  at("english").textContent = unit.english;
  at("note").hidden = !unit.note;
  at("said").textContent = unit.note;
  at("place").textContent = unit.place;
  showChanges(unit);
  showTerms(unit);
  showBack(unit);
  showConflict();
  showOthers();
  showButtons();
};
export const open = (id, focus) => {
  if (!editor.units.has(id)) return;
  const draft = typed.get(id);
  const unit = editor.units.get(id);
  editor.current = id;
  editor.base = draft?.base ?? unit.words;
  editor.english = draft?.english ?? unit.english;
  words.value = draft?.words ?? unit.words;
  at("welcome").hidden = true;
  at("form").hidden = false;
  document.body.classList.add("editing");
  tell(`save ${id}`);
  showSaved(failed.get(id) ?? "", failed.has(id));
  fill();
  decorate();
  if (editor.view === "") showList();
  check(0);
  history.replaceState(null, "", namePlace());
  if (!focus) return;
  at("panel").scrollTop = 0;
  (NARROW.matches ? at("group") : words).focus(); // a phone's keyboard would cover the English
  findSpan(id)?.scrollIntoView({ block: "nearest" });
};
let waiting;
let asked = 0;
export const check = (pause) => {
  clearTimeout(waiting);
  const mine = ++asked;
  const unit = editor.units.get(editor.current);
  const said = tidy(words.value);
  if (unit.broken.length) {
    showProblems([], "It is not checked until its file is mended.");
    return;
  }
  if (!said) {
    showProblems([], "Nothing is written yet.");
    return;
  }
  if (countOver()) {
    showProblems([], countOver());
    return;
  }
  if (said === unit.words) {
    showProblems(unit.problems, unit.state === "stale" ? "These words were made from an older English." : "");
    return;
  }
  waiting = setTimeout(async () => {
    try {
      const [status, found] = await ask("check", { unit: unit.id, words: said });
      if (mine !== asked) return; // more was typed meanwhile
      if (status === 200) showProblems(found.problems);
      else showProblems([], found.said.join(" "));
    } catch {
      if (mine === asked) showProblems([], AWAY);
    }
  }, pause);
};
export const countOver = () => {
  const length = [...tidy(words.value)].length;
  return length > MOST
    ? `These are ${length.toLocaleString("en")} characters; at most ${MOST.toLocaleString("en")} can be saved. Nothing was cut: shorten them.`
    : "";
};
// Remember what is typed, unless it is what the file says.
const note = () => {
  const said = tidy(words.value);
  const before = String(listUnsaved(editor.current));
  if (said === editor.units.get(editor.current).words) {
    dropDraft(editor.current);
    failed.delete(editor.current);
  } else keepDraft(editor.current, { words: said, base: editor.base, english: editor.english });
  if (String(listUnsaved(editor.current)) !== before) showDrafts();
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
  showBack(editor.units.get(editor.current));
  showButtons();
  showOthers();
  check(PAUSE);
});
