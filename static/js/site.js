// Everything works without these; each only makes something easier. Hooked on data- attributes.
import { closeMenus } from "./menu.js";
import { countCharacters } from "./counter.js";
import { focusSummary } from "./summary.js";
import { sendOnce } from "./once.js";
import { warnBeforeLeaving } from "./unsaved.js";
import { watchResults } from "./results.js";

closeMenus(document);
countCharacters(document);
focusSummary(document);
sendOnce(document);
warnBeforeLeaving(document);
watchResults(document);
