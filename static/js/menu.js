// A menu in <details data-menu> closes with Escape and when somebody clicks beside it.
export function closeMenus(page) {
  const open = () => page.querySelectorAll("details[data-menu][open]");

  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  page.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
