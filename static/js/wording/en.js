import form from "./en/form.js";
import phone from "./en/phone.js";
import visits from "./en/visits.js";

export default { ...form, ...phone, ...visits };
