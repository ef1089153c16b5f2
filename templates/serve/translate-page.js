// What every part of the translator's editor knows and uses: the texts, how elements are made, how the server is asked.

export const own = document.body.dataset;
export const at = (id) => document.getElementById(id);
export const AWAY = "The server does not answer. What you typed is kept in this browser.";
// `current` is the id of the open unit; `base` and `english` are the words, and the English, that it was opened with.
export const editor = { units: new Map(), known: null, view: null, current: null, base: "", english: "" };

export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};
export const button = (label, act) => make("button", { type: "button", onclick: act }, label);
export const inLanguage = (name, said) => make(name, { lang: own.locale, dir: own.dir }, said);
export const inEnglish = (name, said) => make(name, { lang: "en", dir: "ltr" }, said);
export const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
export const say = (element, ...children) => {
  const before = element.innerHTML;
  const fresh = make("div", {}, ...children);
  if (fresh.innerHTML !== before) element.replaceChildren(...fresh.childNodes); // else a screen reader says it twice
};

// The banner has a part for each kind of news, and is there as long as one of them is.
export const tell = (kind, ...children) => {
  const banner = at("banner");
  const part = [...banner.children].find((each) => each.dataset.kind === kind) ?? make("div", { "data-kind": kind });
  if (!children.length) part.remove();
  else {
    say(part, ...children);
    if (!part.isConnected) banner.append(part);
  }
  banner.hidden = !banner.childElementCount;
};
export const tellAway = () => tell("away", make("p", {}, AWAY));
export const listLines = (lines) => make("ul", {}, ...lines.map((line) => make("li", {}, line)));

const token = document.querySelector("meta[name=token]").content;
export const ask = async (address, body) => {
  const headers = { "Content-Type": "application/json", "X-Leaflets-Token": token };
  const answer = await fetch(`/_translate/${address}`, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
  return [answer.status, await answer.json()];
};
export const space = (elements) => elements.flatMap((each) => [each, " "]);
// The address of what is shown, behind its #.
export const namePlace = () =>
  `#${new URLSearchParams({ view: editor.view, ...(editor.current ? { unit: editor.current } : {}) })}`;
