// Starts what the page asks for. Every page works without this file.
import { startAutocomplete } from "./autocomplete.js";
import { startCopy } from "./copy.js";
import { startKept } from "./kept.js";
import { startKeys } from "./keys.js";
import { startLock } from "./lock.js";
import { startPasskeys } from "./passkey.js";
import { startPasted } from "./pasted.js";
import { startToday } from "./today.js";

const govuk = document.querySelector('link[data-hv="govuk"]');
if (govuk) {
  import(govuk.href).then(({ initAll }) => initAll());
}

function start(root) {
  startAutocomplete(root);
  startCopy(root);
  startPasskeys(root);
  startPasted(root);
  startToday(root);
}

start(document);
startKeys(document);
startLock(document);
startKept(document);
// Parts that htmx brings later get the same.
document.addEventListener("htmx:after:swap", (event) => start(event.target instanceof Element ? event.target : document));
