import form from "./zh-CN/form.js";
import phone from "./zh-CN/phone.js";
import visits from "./zh-CN/visits.js";

export default { ...form, ...phone, ...visits };
