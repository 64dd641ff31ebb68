// “Copy for the main record”: one press instead of select and copy.
export function startCopy(root) {
  root.querySelectorAll("[data-hv-copy]").forEach((block) => {
    const button = block.querySelector("button");
    if (!navigator.clipboard || !button || !button.hidden) {
      return;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("textarea").value);
      block.querySelector("[role=status]").textContent = block.dataset.hvCopy;
    });
  });
}
