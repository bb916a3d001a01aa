import { styled } from "../../ui/styled.js";
import { learn } from "../../wording/say.js";

/** What the staff's app is made of, listed by the server beside the app; without the list it comes one after the other. */
const LIST = "staff.json";

/** Fetches the app of store staff, with its words and its looks. */
export async function fetchStaffApp() {
  void announce().catch(() => undefined);
  const [app] = await Promise.all([
    import("./staff_app.js"),
    learn("visits", "store"),
    styled("store"),
  ]);
  return app;
}

async function announce() {
  const modules = /** @type {string[]} */ (await (await fetch(LIST)).json());
  const links = modules.map((href) =>
    Object.assign(document.createElement("link"), { rel: "modulepreload", href }),
  );
  document.head.append(...links);
}
