// Asks before a half-written form with data-unsaved is left behind.
export function warnBeforeLeaving(page) {
  for (const form of page.querySelectorAll("form[data-unsaved]")) {
    let changed = false;
    form.addEventListener("input", () => {
      changed = true;
    });
    form.addEventListener("submit", () => {
      changed = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
}
