// A long list becomes one that can be typed into.
export function startAutocomplete(root) {
  const lists = root.querySelectorAll("select[data-hv-autocomplete]:not([data-hv-ready])");
  const library = document.querySelector('link[data-hv="autocomplete"]');
  if (!lists.length || !library) {
    return;
  }
  const script = document.createElement("script");
  script.src = library.href;
  script.addEventListener("load", () => lists.forEach(enhance));
  document.head.append(script);
}

function enhance(list) {
  list.dataset.hvReady = "";
  const describedBy = list.getAttribute("aria-describedby");
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: list,
    defaultValue: list.value ? list.selectedOptions[0].text : "",
    showAllValues: true,
    autoselect: false,
    confirmOnBlur: false,
    menuAttributes: describedBy ? { "aria-describedby": describedBy } : {},
  });
  // A cleared box means no answer, not the earlier one.
  const box = document.getElementById(list.id.replace(/-select$/, ""));
  box?.addEventListener("blur", () => {
    const match = [...list.options].find((option) => option.text.trim() === box.value.trim());
    list.value = match ? match.value : "";
  });
}
