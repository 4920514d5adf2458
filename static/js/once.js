const PAUSE = 4000; // milliseconds

// A second click on the same button sends nothing; the server has its own guard for who has no script.
export function sendOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, PAUSE); // after a download the page stays
  });

  // The browser's back button brings the page as it was left: let it send again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
