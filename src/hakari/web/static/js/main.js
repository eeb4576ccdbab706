// Small comforts on top of pages that work without them.
import { startDoors } from "./doors.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { startPlan } from "./plan.js";
import { startScope } from "./scope.js";
import { startSlides } from "./slides.js";

startScope(document);
startMenus(document);
startDoors(document);
startKeys(document);
startSlides(document);
startPlan(document);
