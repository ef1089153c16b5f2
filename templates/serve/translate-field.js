// The field for the words. Whatever comes into it can be undone with the keyboard, and it holds one line.
import { at } from "./translate-page.js";

export const words = at("words");
const BREAKS = /\s*[\r\n\t\u2028\u2029]+\s*/g;

// A sentence is one line, in normal form C: what an input method or a pasted text brings else would be refused.
const join = (said) => said.replace(BREAKS, " ");
export const tidy = (said) => join(said.normalize("NFC")).trim();

// Put words in the place of others as if they were typed: a value that a script sets cannot be undone.
export const put = (said, start = 0, end = words.value.length) => {
  words.focus();
  words.setSelectionRange(start, end);
  if (start === end && !said) return;
  if (document.execCommand(said ? "insertText" : "delete", false, said)) return;
  words.setRangeText(said, start, end, "end");
  words.dispatchEvent(new Event("input"));
};
export const putHere = (said) => put(said, words.selectionStart, words.selectionEnd);

words.addEventListener("paste", (event) => {
  const said = event.clipboardData.getData("text/plain").normalize("NFC");
  if (join(said) === said) return;
  event.preventDefault();
  putHere(join(said.replace(/^[\r\n]+|[\r\n]+$/g, "")));
});
// What comes with line breaks all the same, as by dragging; says whether it was changed, which is told as another input.
export const straighten = (event) => {
  if (event.isComposing || event.inputType?.startsWith("history") || join(words.value) === words.value) return false;
  const caret = join(words.value.slice(0, words.selectionEnd)).length;
  put(join(words.value));
  words.setSelectionRange(caret, caret);
  return true;
};
