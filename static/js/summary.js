// After a refused form the summary of errors gets the focus, so that it is read first.
export function focusSummary(page) {
  page.querySelector("[data-summary]")?.focus({ preventScroll: false });
}
