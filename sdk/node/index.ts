export { type Column, fact, say, tableHead, tableRow, title } from "./print.js";
