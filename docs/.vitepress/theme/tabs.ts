/** Where the labels of the tabs that a reader has chosen are kept, for all groups of code on all pages. */
const KEY = "chosen-tabs";

/** Notes the tab that is chosen in one group of code, and shows it in the others. */
export function keepTabs(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const rivals = inputsBeside(target).map(labelOf);
    if (rivals.length === 0) return;
    localStorage.setItem(
      KEY,
      JSON.stringify([labelOf(target), ...chosen().filter((label) => !rivals.includes(label))]),
    );
    showChosenTabs();
  });
}

/** Switches each group on the page that has a chosen tab. */
export function showChosenTabs(): void {
  const labels = chosen();
  for (const input of document.querySelectorAll<HTMLInputElement>(".vp-code-group .tabs input")) {
    if (input.checked || !labels.includes(labelOf(input))) continue;
    const { top } = input.getBoundingClientRect();
    input.click();
    window.scrollBy(0, input.getBoundingClientRect().top - top); // what is being read stays where it is
  }
}

const chosen = (): string[] => JSON.parse(localStorage.getItem(KEY) ?? "[]");

const inputsBeside = (input: HTMLInputElement) => [
  ...(input.closest(".vp-code-group .tabs")?.querySelectorAll<HTMLInputElement>("input") ?? []),
];

const labelOf = (input: HTMLInputElement) => input.labels?.[0]?.textContent?.trim() ?? "";
