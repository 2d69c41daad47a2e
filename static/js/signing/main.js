/* Signing the cards of a run from its page. Without these scripts the forms do the same, 50 cards
   at a press. */

import { LocalSigningService } from "./local_service.js";
import { signByLocalService } from "./remote.js";
import { signByTypedSecret } from "./typed.js";

const typed = document.querySelector("form[data-typed]");
if (typed) signByTypedSecret(typed);

const remote = document.querySelector("[data-remote]");
if (remote?.dataset.service) {
  signByLocalService(remote, new LocalSigningService(remote.dataset.service));
}
