// Search results arrive in place: keep folds as they were, keep the address short, keep the title true.
export function watchResults(page) {
  const filters = page.querySelector("details[data-filters]");
  if (!filters) return;
  const wide = window.matchMedia("(min-width: 56.01rem)");
  const fit = () => {
    if (wide.matches) filters.open = true;
  };
  wide.addEventListener("change", fit);
  fit();

  let open = new Set();
  page.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of [...detail.formData]) {
      if (!value) detail.formData.delete(name);
    }
    open = new Set([...filters.querySelectorAll("[data-facet][open]")].map((fold) => fold.dataset.facet));
  });

  page.addEventListener("htmx:oobAfterSwap", () => {
    for (const fold of filters.querySelectorAll("[data-facet]")) {
      if (open.has(fold.dataset.facet)) fold.open = true;
    }
    const count = page.getElementById("count").textContent.trim();
    page.title = page.title.replace(/^[^–]*–/, `${count} –`);
  });

  filters.querySelector("[data-close-filters]")?.addEventListener("click", () => {
    if (wide.matches) return;
    filters.open = false;
    page.getElementById("count").scrollIntoView();
  });
}
