"use strict";
// Filters the leaflets as somebody types, and holds its dates against today's. Nothing is stored and nothing is sent.

const VARIANTS = {
  ى: "ي",
  ی: "ي",
  ې: "ي",
  ے: "ي",
  ک: "ك",
  ٱ: "ا",
  ة: "ه",
  ۃ: "ه",
  ہ: "ه",
  ە: "ه",
  ھ: "ه",
  ı: "i",
  ł: "l",
  ø: "o",
  đ: "d",
};
const MARKS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u200b-\u200f\u2060-\u206f'‘’\u02b9-\u02bf]/g;
const IDLE = new Set(["a", "and", "for", "in", "language", "languages", "leaflet", "leaflets", "of", "pdf", "the"]);

// One spelling for what people write in many: no case, accents, vowel marks or apostrophes, one form of each Arabic letter.
function foldWords(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(MARKS, "");
  return [...plain]
    .map((letter) => VARIANTS[letter] || letter)
    .join("")
    .normalize("NFC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
}

// Damerau-Levenshtein (optimal string alignment): letters to insert, drop, change or swap.
function measureDistance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, rows[i - 2][j - 2] + 1);
      }
      rows[i][j] = least;
    }
  }
  return rows[one.length][other.length];
}

// How far a typed word is from one of the words: 0 where one begins with it, little more where one has it inside (in scripts
// without spaces and those that write "the" onto a word), else the letters that differ, else Infinity.
function judgeWord(typed, words) {
  if (words.some((word) => word.startsWith(typed))) return 0;
  if (/\P{ASCII}/u.test(typed) && typed.length > 1 && words.some((word) => word.includes(typed))) return 0.1;
  const allowed = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  const near = words
    .filter((word) => Math.abs(word.length - typed.length) <= allowed)
    .map((word) => measureDistance(typed, word));
  const least = Math.min(Infinity, ...near);
  return least <= allowed ? least : Infinity;
}

const ENDING = /(ian|ean|an|n|i|ese|ish|ic|er)$/;

// How far a typed word is from the countries of a language: a name of one always counts for less than one of a language.
function judgeCountry(typed, words) {
  const distance = judgeWord(typed, words);
  if (distance === 0) return 0.25;
  const ends = typed.length > 4 && ENDING.exec(typed);
  const stems = ends ? [...Array(ends[0].length).keys()].map((kept) => typed.slice(0, typed.length - kept - 1)) : [];
  if (stems.some((stem) => stem.length > 2 && words.some((word) => word.startsWith(stem)))) return 0.3;
  return distance + 0.5;
}

const tongues = [...document.querySelectorAll(".tongue")];
const KINDS = [".tongue", ".offer", ".shelf"];
const wordsOf = new Map([...document.querySelectorAll("[data-words]")].map((each) => [each, foldWords(each.dataset.words)]));
const placesOf = new Map(tongues.map((each) => [each, foldWords(each.dataset.countries)]));
const { absent, synonyms } = JSON.parse(document.getElementById("words").textContent);
// What a language calls itself, as far as the browser knows.
const listOwn = (tag) =>
  Intl.DisplayNames.supportedLocalesOf([tag]).map((own) => new Intl.DisplayNames([own], { type: "language" }).of(tag));
const absentNames = Object.entries(absent).flatMap(([tag, [name, ...others]]) =>
  [name, ...listOwn(tag), ...others].map((each, at) => [name, foldWords(each), Math.min(at, 1) / 100]),
);
const byKind = KINDS.map((kind) => [...document.querySelectorAll(kind)]);

const judgePart = (typed, each) =>
  Math.min(judgeWord(typed, wordsOf.get(each)), placesOf.has(each) ? judgeCountry(typed, placesOf.get(each)) : Infinity);

// The language that is not there and that a typed word names best, and how far off that is; a shorter name counts more. One name may
// be that of several, such as Serbo-Croatian.
function findAbsent(typed) {
  const judged = absentNames.map(([name, words, other]) => {
    if (words.includes(typed)) return [name, 0.2 + other + words.length / 1000];
    if (typed.length > 3 && words.some((word) => word.startsWith(typed))) return [name, 0.9 + words.length / 1000];
    return [name, typed.length > 3 ? judgeWord(typed, words) + 0.1 + words.length / 1000 : Infinity];
  });
  const least = Math.min(Infinity, ...judged.map(([, distance]) => distance));
  const named = judged.filter(([, distance]) => distance === least).slice(0, least < 0.9 ? judged.length : 1);
  return [[...new Set(named.map(([name]) => name))], least];
}

// What a typed word stands for: languages if it fits any, else editions, else leaflets; what differs least wins.
function readWord(typed) {
  const meant = typed in synonyms ? [typed, synonyms[typed]] : [typed];
  const judge = (each) => Math.min(...meant.map((word) => judgePart(word, each)));
  const judged = byKind.map((found) => found.map((each) => [each, judge(each)]));
  const best = judged.map((found) => Math.min(Infinity, ...found.map(([, distance]) => distance)));
  const least = Math.min(...best);
  const [names, distance] = findAbsent(typed);
  if (distance < least) return { kind: "", names, found: new Set(), near: distance >= 1 };
  if (least === Infinity) return null;
  const kind = best.indexOf(least);
  return {
    kind: KINDS[kind],
    found: new Set(judged[kind].filter(([, distance]) => distance === least).map(([each]) => each)),
    near: least >= 1,
  };
}

function filterDesk(query) {
  const typed = foldWords(query);
  const meant = typed.filter((word) => !IDLE.has(word));
  const read = (meant.length ? meant : typed).map(readWord);
  const fits = (each) => read.every((word) => word?.kind && (!each.matches(word.kind) || word.found.has(each)));
  for (const [kind, holder] of [
    [".offer", null],
    [".shelf", ".offer"],
    [".tongue", ".shelf"],
  ]) {
    for (const each of document.querySelectorAll(kind)) {
      const full = !holder || [...each.querySelectorAll(holder)].some((part) => !part.hidden);
      each.hidden = !(fits(each) && full);
    }
  }
  const shown = tongues.filter((tongue) => !tongue.hidden);
  for (const tongue of tongues) tongue.open = read.length > 0 && shown.length <= 2;
  document.getElementById("about").hidden = read.length > 0; // what was found stands right below the field
  document.getElementById("none").hidden = !read.length || shown.length > 0;
  return sayResult(query.trim(), read, shown);
}

function sayResult(query, read, shown) {
  if (!read.length) return `${tongues.length} languages`;
  const missing = new Set(read.flatMap((word) => word?.names ?? []));
  const guessed = read.some((word) => word?.near) ? `No exact match for “${query}”. ` : "";
  if (missing.size) return `${guessed}There is no leaflet in ${[...missing].join(" or ")} yet.`;
  if (!shown.length) return `Nothing is found for “${query}”.`;
  const names = shown.length > 8 ? "" : `: ${shown.map((tongue) => tongue.dataset.name).join(", ")}`;
  return `${guessed && `${guessed}Closest: `}${shown.length} language${shown.length > 1 ? "s" : ""}${names}`;
}

function warnOfAge(today) {
  for (const shelf of document.querySelectorAll(".shelf")) {
    const past = shelf.querySelector("time").dateTime < today;
    shelf.querySelector(".past").hidden = !past;
    if (past) shelf.closest(".tongue").querySelector(".old").hidden = false;
  }
}

const now = new Date();
warnOfAge([now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"));

const search = document.getElementById("search");
const query = document.getElementById("query");
const said = document.getElementById("said");
const update = () => {
  said.textContent = filterDesk(query.value);
};
const heads = () => tongues.filter((tongue) => !tongue.hidden).map((tongue) => tongue.querySelector("summary"));

search.hidden = false;
search.addEventListener("submit", (event) => {
  event.preventDefault();
  const [first] = heads();
  if (!first) return;
  first.parentElement.open = true;
  first.focus();
});
query.addEventListener("input", update);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && query.value) {
    query.value = "";
    update();
    query.focus();
    event.preventDefault();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [query, ...heads()];
  const here = stops.indexOf(document.activeElement);
  if (!step || here < 0 || !stops[here + step]) return;
  stops[here + step].focus();
  event.preventDefault();
});
update();
if (matchMedia("(hover: hover)").matches) query.focus({ preventScroll: true });
