// Says how many characters are left under a field with data-counter="… %n …".
// The visible line changes with every key; the spoken one only when somebody pauses.
export function countCharacters(page) {
  for (const field of page.querySelectorAll("[data-counter][maxlength]")) {
    const shown = line("bwob-counter");
    const spoken = line("bwob-unseen");
    let pause;
    shown.ariaHidden = "true";
    spoken.role = "status";
    field.after(shown, spoken);

    const update = () => {
      const left = Number(field.getAttribute("maxlength")) - field.value.length;
      shown.textContent = field.dataset.counter.replace("%n", left.toLocaleString(page.documentElement.lang));
      clearTimeout(pause);
      pause = setTimeout(() => {
        if (page.activeElement === field) spoken.textContent = shown.textContent;
      }, 1500);
    };
    field.addEventListener("input", update);
    update();
  }

  function line(name) {
    const made = page.createElement("p");
    made.className = name;
    return made;
  }
}
