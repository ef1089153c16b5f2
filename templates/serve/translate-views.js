// What can be seen beside the open sentence: how far the language is, what is wrong, the leaflet, and the list of all texts.
import {
  at,
  button,
  count,
  editor,
  inEnglish,
  inLanguage,
  listLines,
  make,
  say,
  space,
  tell,
  tellAway,
} from "./translate-page.js";
import { discard, dropDraft, keepDraft, listOthers, putBack, typed } from "./translate-drafts.js";

const frame = at("frame");
const CHIPS = { missing: ["missing"], stale: ["English changed", "changed"] };

let pick = () => {};
// Say what is to be done with the id of a unit that somebody chooses.
export const whenChosen = (act) => {
  pick = act;
};

export const hasProblems = (unit) => unit.problems.length > 0;
export const isDone = (unit) => unit.done; // by the server's rule, which counts what is left as well
const ELSEWHERE = "not saved, in another tab";
const isElsewhere = (id) =>
  listOthers().some(
    ({ unit, words }) => unit === id && words && words !== editor.units.get(id)?.words && words !== typed.get(id)?.words,
  );
export const listUnsaved = (id) => [...(typed.has(id) ? ["not saved"] : []), ...(isElsewhere(id) ? [ELSEWHERE] : [])];
export const listChips = (unit) => {
  const chips = CHIPS[unit.state] ? [CHIPS[unit.state]] : [];
  if (unit.broken.length) chips[0] = ["its file cannot be read", "problem"];
  else if (unit.state === "stale" && !unit.changes.length) chips[0] = ["not on record", "changed"];
  if (hasProblems(unit)) chips.push(["problem", "problem"]);
  for (const said of listUnsaved(unit.id)) chips.push([said, "unsaved"]);
  return chips.map(([said, kind]) => make("span", { className: `chip ${kind ?? ""}` }, said));
};

// How far the language is

export const showProgress = () => {
  const total = editor.units.size;
  const done = total - editor.known.left;
  const wrong = [...editor.units.values()].filter(hasProblems).length;
  const bar = make("span", { className: "bar", "aria-hidden": "true" }, make("span"));
  bar.firstChild.style.inlineSize = `${total ? (100 * done) / total : 0}%`;
  const { left, words, sheet, problems } = editor.known;
  const first = sheet.left ? `, ${sheet.left} of them (${count(sheet.words, "word")}) on the sheets` : ", none on the sheets";
  const said = left
    ? [
        bar,
        make("strong", {}, `${count(left, "text")} left`),
        ` (${count(words, "word")}) of ${total}${sheet.units ? first : ""}`,
      ]
    : [bar, make("strong", {}, "All texts are translated"), ` (${total})`];
  const unread = [make("strong", {}, "A file cannot be read"), ", so nobody knows how much is left"];
  const elsewhere = [...editor.units.keys()].filter(isElsewhere).length;
  const rest = [
    [wrong, "with problems"],
    [typed.size, "not saved"],
    [elsewhere, "not saved in another tab"],
  ].map(([number, said]) => (number ? `, ${number} ${said}` : ""));
  say(at("progress"), ...(problems.length ? unread : said), ...rest);
  const links = editor.known.prints.map((each) => make("a", { href: each.path, target: "_blank" }, `PDF: ${each.title}`));
  say(at("prints"), ...space(links));
  showGaps();
  at("begin").hidden = [...editor.units.values()].every(isDone);
};
const showGaps = () => {
  const hand = "Somebody writes them into that file with a text editor.";
  say(
    at("gaps"),
    ...editor.known.gaps.map((gap) => make("p", {}, make("strong", {}, "Not everything is checked"), `: ${gap}. ${hand}`)),
    ...editor.known.sheets.map((said) => make("p", {}, make("strong", {}, "Too long to print"), `: ${said}.`)),
  );
  at("gaps").hidden = !at("gaps").firstChild;
};
export const showTrouble = () => {
  const { problems } = editor.known;
  if (problems.length)
    tell("broken", make("p", {}, "A file cannot be read. Nothing is written to it until it is mended:"), listLines(problems));
  else tell("broken");
  showLost();
};
// What was typed for a text that the English has no more, by this page or in a tab that was closed.
const showLost = () => {
  const mine = [...typed].map(([unit, draft]) => ({ unit, ...draft }));
  const lost = [...mine, ...listOthers().filter((draft) => !draft.alive)].find(({ unit }) => !editor.units.has(unit));
  if (!lost || editor.known.problems.length) {
    tell("lost");
    return;
  }
  const forget = async () => {
    if (lost.key) await discard(lost);
    else dropDraft(lost.unit);
    showDrafts();
    tell(
      "thrown",
      make("p", {}, `Thrown away, of ${lost.unit}:`),
      inLanguage("blockquote", lost.words),
      button("Take it back", takeBack),
    );
  };
  const takeBack = async () => {
    if (lost.key) await putBack(lost);
    else keepDraft(lost.unit, { words: lost.words, base: lost.base, english: lost.english });
    tell("thrown");
    showDrafts();
  };
  tell(
    "lost",
    make("p", {}, `There is no text ${lost.unit} any more. What was typed for it and not saved:`),
    inLanguage("blockquote", lost.words),
    button("Throw them away", forget),
  );
};
// Show everywhere what is typed and not saved.
export const showDrafts = () => {
  if (!editor.known) return;
  showProgress();
  showLost();
  decorate();
  if (editor.view === "") showList();
};

// The leaflet

export const listSpans = () => [...(frame.contentDocument?.querySelectorAll(".unit") ?? [])];
export const decorate = () => {
  for (const span of listSpans()) {
    const chosen = span.dataset.unit === editor.current;
    span.classList.toggle("chosen", chosen);
    if (chosen) span.setAttribute("aria-current", "true");
    else span.removeAttribute("aria-current");
    for (const chip of span.querySelectorAll(".unsaved")) chip.remove();
    for (const said of listUnsaved(span.dataset.unit)) {
      const chip = frame.contentDocument.createElement("span");
      Object.assign(chip, { className: "chip unsaved", lang: "en", dir: "ltr", textContent: said });
      span.append(chip);
    }
  }
};
export const findSpan = (unit) => listSpans().find((span) => span.dataset.unit === unit);
const addressOf = (name) => `/_translate/leaflets/${encodeURIComponent(name)}`;
// In the place of what the frame shows: another entry in the history would make Back go back in the frame alone.
export const showLeaflet = () => frame.contentWindow.location.replace(addressOf(editor.view));
const choose = (event) => {
  const span = event.target.closest?.(".unit");
  if (!span || (event.type === "keydown" && !["Enter", " "].includes(event.key))) return;
  event.preventDefault();
  pick(span.dataset.unit);
};
let shown = ""; // the leaflet as it came, without marks of this page
let late = false; // whether something changed while the frame was loading
frame.addEventListener("load", () => {
  if (!frame.contentDocument) {
    tellAway();
    return;
  } // a page of the browser's own that says so
  frame.contentDocument.addEventListener("click", choose);
  frame.contentDocument.addEventListener("keydown", choose);
  shown = frame.contentDocument.querySelector("main")?.innerHTML;
  decorate();
  if (editor.current) findSpan(editor.current)?.scrollIntoView({ block: "center" });
  if (late) freshenFrame().catch(() => {});
});
export const freshenFrame = async () => {
  const name = editor.view;
  if (!frame.contentDocument) {
    showLeaflet();
    return;
  }
  late = frame.contentDocument.readyState !== "complete" || frame.contentWindow.location.pathname !== addressOf(name);
  if (late) return;
  const answer = await fetch(addressOf(name));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [frame.contentDocument?.querySelector("main"), page.querySelector("main")];
  if (name !== editor.view || !old || !fresh || frame.contentWindow.location.pathname !== addressOf(name)) return;
  if (page.title !== frame.contentDocument.title) {
    frame.contentWindow.location.reload();
    return;
  }
  if (fresh.innerHTML !== shown) {
    shown = fresh.innerHTML;
    const focused = listSpans().indexOf(frame.contentDocument.activeElement);
    old.replaceWith(frame.contentDocument.adoptNode(fresh));
    listSpans()[focused]?.focus({ preventScroll: true });
  }
  decorate();
};

// The list of all texts

const isWanted = (unit, show, sought) => {
  const fits = {
    all: true,
    sheet: unit.sheet && !isDone(unit),
    missing: unit.state === "missing",
    stale: unit.state === "stale",
    problems: hasProblems(unit),
    unsaved: listUnsaved(unit.id).length > 0,
  };
  const hay = `${unit.english}\n${unit.words}\n${unit.id}\n${unit.group}`.normalize("NFC").toLowerCase();
  return fits[show] && sought.every((each) => hay.includes(each));
};
export const showList = () => {
  const show = new FormData(at("sieve")).get("show");
  const sought = at("search").value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...editor.units.values()].filter((unit) => isWanted(unit, show, sought));
  const focused = document.activeElement?.dataset?.unit;
  let group = null;
  const rows = found.flatMap((unit) => {
    const head = unit.group === group ? [] : [make("h3", {}, unit.group)];
    group = unit.group;
    const marks = make("span", { className: "marks" }, ...space(listChips(unit)));
    const row = make(
      "button",
      { type: "button", onclick: () => pick(unit.id) },
      inEnglish("span", unit.english),
      inLanguage("span", unit.words),
      marks,
    );
    row.dataset.unit = unit.id;
    if (unit.id === editor.current) row.setAttribute("aria-current", "true");
    return [...head, row];
  });
  at("rows").replaceChildren(...rows);
  say(at("found"), found.length ? count(found.length, "text") : "There is no such text.");
  if (focused)
    at("rows")
      .querySelector(`[data-unit="${CSS.escape(focused)}"]`)
      ?.focus();
};
at("sieve").addEventListener("input", showList);
at("sieve").addEventListener("submit", (event) => event.preventDefault());
