// What was typed and not saved: by unit here, and by unit and tab in the browser's store, where it outlives the page.
import { own } from "./translate-page.js";

const PREFIX = `leaflets/${own.project}/${own.locale}/`;
export const typed = new Map();
export const store = (act) => {
  try { return act(localStorage); } catch { return null; } // full, or forbidden: it is still in the page
};
const tab = store(() => sessionStorage.getItem("tab")) ?? crypto.randomUUID();
store(() => sessionStorage.setItem("tab", tab));
const nameDraft = (unit) => `${PREFIX}${unit}\n${tab}`;
const listDrafts = () => store((kept) => Object.keys(kept).filter((key) => key.startsWith(PREFIX))) ?? [];
const readDraft = (key) => store((kept) => JSON.parse(kept.getItem(key)));
export const keepDraft = (unit, draft) => {
  typed.set(unit, draft);
  store((kept) => kept.setItem(nameDraft(unit), JSON.stringify(draft)));
};
export const dropDraft = (unit) => {
  typed.delete(unit);
  store((kept) => kept.removeItem(nameDraft(unit)));
};
export const findOthers = (unit) => listDrafts()
  .filter((key) => key.startsWith(`${PREFIX}${unit}\n`) && key !== nameDraft(unit))
  .map((key) => [key, readDraft(key)])
  .filter(([, draft]) => draft);
for (const key of listDrafts()) {
  const [unit, of] = key.slice(PREFIX.length).split("\n");
  const draft = of === tab ? readDraft(key) : null;
  if (draft) typed.set(unit, draft);
}
