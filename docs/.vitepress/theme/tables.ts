/** Makes wide tables and code blocks scrollable by keyboard. */
export function letKeyboardScroll(): void {
  for (const wide of document.querySelectorAll<HTMLElement>(".vp-doc table, .vp-doc [class*='language-'] pre")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
}
