// What was typed and not saved: by unit in this page, and by unit and slot in the browser's store, where it outlives the page.
// Each page has a slot of its own and holds a lock on it while it lives: so a copied tab is told from its original, and what a
// closed tab left behind from what somebody is typing in another.
import { own } from "./translate-page.js";

const PREFIX = `leaflets/${own.project}/${own.locale}/`;
const PATIENCE = 500; // milliseconds: a page that is loaded anew has left its slot by then, a tab that was copied has not

let slot = "";
let others = [];
export const typed = new Map();

const store = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  } // full, or forbidden: it is still in the page
};
const nameLock = (of) => `leaflets/slot/${of}`;
const nameDraft = (unit) => `${PREFIX}${unit}\n${slot}`;
const listDrafts = () =>
  (store((kept) => Object.keys(kept)) ?? [])
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => {
      const [unit, of] = key.slice(PREFIX.length).split("\n");
      return { key, unit, of, ...store((kept) => JSON.parse(kept.getItem(key))) };
    })
    .filter((draft) => typeof draft.words === "string");

// Hold a slot as long as the page lives; says whether it was free.
const hold = (of, options) =>
  new Promise((tell) => {
    const keep = (lock) => {
      tell(lock !== null);
      return lock && new Promise(() => {});
    };
    navigator.locks.request(nameLock(of), options, keep).catch(() => tell(false));
  });
export const takeSlot = async () => {
  const before = store(() => sessionStorage.getItem("tab"));
  const free = before && (!navigator.locks || (await hold(before, { signal: AbortSignal.timeout(PATIENCE) })));
  slot = free ? before : crypto.randomUUID();
  if (!free && navigator.locks) await hold(slot, {});
  store(() => sessionStorage.setItem("tab", slot));
  for (const { of, unit, words, base, english } of listDrafts()) if (of === slot) typed.set(unit, { words, base, english });
  await lookAround();
};

export const keepDraft = (unit, draft) => {
  typed.set(unit, draft);
  store((kept) => kept.setItem(nameDraft(unit), JSON.stringify(draft)));
};
export const dropDraft = (unit) => {
  typed.delete(unit);
  store((kept) => kept.removeItem(nameDraft(unit)));
};

// What other tabs hold, and whether somebody may still be at it.
export const lookAround = async () => {
  const locks = (await navigator.locks?.query())?.held.map((lock) => lock.name);
  others = listDrafts()
    .filter((draft) => draft.of !== slot)
    .map((draft) => ({ ...draft, alive: !locks || locks.includes(nameLock(draft.of)) }));
};
export const listOthers = () => others;
export const hearOthers = (act) =>
  addEventListener("storage", async (event) => {
    if (event.key !== null && !event.key.startsWith(PREFIX)) return;
    await lookAround();
    act();
  });
// Delete what a closed tab left behind; of a tab that lives, nothing. Says whether it did.
export const discard = async (draft) => {
  const drop = (lock) => {
    if (lock) store((kept) => kept.removeItem(draft.key));
    return lock !== null;
  };
  const gone = await navigator.locks?.request(nameLock(draft.of), { ifAvailable: true }, drop);
  await lookAround();
  return gone;
};
export const putBack = async ({ key, words, base, english }) => {
  store((kept) => kept.setItem(key, JSON.stringify({ words, base, english })));
  await lookAround();
};
