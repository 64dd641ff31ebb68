// A long paste is probably somebody else's words: the question whose opens by itself, with the words filled in.
const LONG = 200;

export function startPasted(root) {
  root.querySelectorAll("[data-hv-whose]:not([data-hv-ready])").forEach((whose) => {
    whose.dataset.hvReady = "";
    const words = whose.querySelector("[name=_from_words]");
    whose.closest("form").addEventListener("paste", (event) => {
      const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
      if (event.target instanceof HTMLTextAreaElement && event.target !== words && text.length > LONG) {
        ask(whose, words, text);
      }
    });
  });
}

function ask(whose, words, text) {
  whose.open = true;
  words.value = words.value ? `${words.value}\n\n${text}` : text;
  whose.querySelector("[data-hv-whose-said]").textContent = whose.dataset.hvAsk;
}
