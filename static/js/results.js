// Search results arrive in place. The button that sends the filters is then only needed without script,
// and on a wide screen the fold around the filters stands open.
export function watchResults(page) {
  const filters = page.querySelector("details[data-filters]");
  if (filters) {
    const wide = window.matchMedia("(min-width: 56.01rem)");
    const fit = () => {
      if (wide.matches) filters.open = true;
    };
    wide.addEventListener("change", fit);
    fit();
  }

  page.addEventListener("htmx:afterSwap", (event) => {
    const count = event.target.querySelector?.("[data-count]");
    if (count) page.title = page.title.replace(/^[^–]*–/, `${count.textContent.trim()} –`);
  });
}
