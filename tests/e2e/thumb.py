"""What a thumb and a screen reader cannot find on a screen of the phone."""

SMALLEST = 44
FAULTS = """(smallest) => {
  // A file field lies hidden in its label; what is folded away is not there.
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const part = (one) => one.closest("label") ?? one.closest(".input") ?? one;
  // What catches a finger around a control is drawn as a pseudo-element.
  const reach = (one) => {
    const { width, height } = part(one).getBoundingClientRect();
    const around = getComputedStyle(one, "::after");
    const wide = around.position === "absolute" ? around : { width: 0, height: 0 };
    return [Math.max(width, parseFloat(wide.width)), Math.max(height, parseFloat(wide.height))];
  };
  const controls = [...document.querySelectorAll("button, a[href], input, textarea")].filter(shown);
  const named = (one) =>
    [one.ariaLabel, one.innerText, one.title, ...[...(one.labels ?? [])].map((of) => of.innerText)]
      .some((words) => words?.trim());
  const small = (one) => reach(one).some((side) => Math.round(side) < smallest);
  const words = (one) => one.outerHTML.slice(0, 120);
  const page = document.documentElement;
  return {
    nameless: controls.filter((one) => !named(one)).map(words),
    small: controls.filter((one) => !one.matches(".sr") && small(one)).map(words),
    sideways: page.scrollWidth - page.clientWidth,
    headings: document.querySelectorAll("h1").length,
  };
}"""
NOTHING = {"nameless": [], "small": [], "sideways": 0, "headings": 1}
