/** @import {VisitRow} from "../types.js" */
import { partOf } from "../model/look.js";
import { rubricOf } from "./rubrics.js";

/**
 * What a visit fills in: its rubric, or the part a look is about.
 * @param {Pick<VisitRow, "rubric" | "lines">} visit
 */
export async function rubricFor({ rubric: digest, lines }) {
  const rubric = await rubricOf(digest);
  return rubric && lines ? partOf(rubric, lines) : rubric;
}
