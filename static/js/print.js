// A button with data-print prints; it is hidden in the page until this script can serve it.
export function printPage(page) {
  for (const button of page.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
