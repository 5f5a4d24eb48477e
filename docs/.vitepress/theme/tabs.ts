/** Notes the tab that is chosen in a group of code, and shows it in all groups with the same tabs. */
export function keepTabs(): void {
  document.addEventListener("change", ({ target }) => {
    const group = target instanceof HTMLInputElement && target.closest(".vp-code-group .tabs");
    if (!group) return;
    localStorage.setItem(nameOf(group), labelOf(target));
    showChosenTabs();
  });
}

/** Switches each group on the page that has a chosen tab. */
export function showChosenTabs(): void {
  for (const group of document.querySelectorAll(".vp-code-group .tabs")) {
    const chosen = localStorage.getItem(nameOf(group));
    const input = inputsOf(group).find((one) => labelOf(one) === chosen);
    if (input && !input.checked) input.click();
  }
}

const inputsOf = (group: Element) => [...group.querySelectorAll("input")];

const labelOf = (input: HTMLInputElement) => input.labels?.[0]?.textContent?.trim() ?? "";

const nameOf = (group: Element) => `tab of ${inputsOf(group).map(labelOf).join(", ")}`;
