// A draft as it travels: what a scorecard file parses to, finished or not. Points are quoted texts.

export interface Words {
  zh?: string;
  en?: string;
}

export interface DocOption {
  code?: string;
  text?: Words;
  loss?: string;
  veto?: boolean;
}

export interface DocMeasBand {
  above?: string;
  loss?: string;
  text?: Words;
  veto?: boolean;
}

export type Kind = "tier" | "occ" | "sum" | "meas" | "info";

export interface DocRule {
  kind?: Kind;
  options?: DocOption[];
  ticks?: DocOption[];
  each?: string;
  unit?: Words;
  veto_option?: DocOption;
  least?: string;
  most?: string;
  bands?: DocMeasBand[];
}

export interface DocCritical {
  effect?: string;
  cap?: string;
}

export interface DocItem {
  code?: string;
  title?: Words;
  standard?: Words;
  full?: string;
  rule?: DocRule;
  rule_text?: Words;
  evidence?: string;
  na?: string;
  feature?: string;
  severity?: string;
  critical?: DocCritical;
  rectification?: Words;
  responsible?: Words;
  hours?: number;
  source?: string;
  photos?: string[];
}

export interface DocSection {
  code?: string;
  key?: string;
  title?: Words;
  short?: Words;
  full?: string;
  over_allocated?: boolean;
  items?: DocItem[];
}

export interface DocGrade {
  code?: string;
  title?: Words;
  floor?: string;
  ceiling?: string;
}

export interface DocBonus {
  code?: string;
  title?: Words;
  points?: string;
}

export interface Doc {
  code?: string;
  edition?: string;
  title?: Words;
  store_kind?: string;
  full?: string;
  pass_line?: string;
  rounding?: string;
  na_method?: string;
  manual_na_review_share?: string;
  min_applicable_share?: string;
  not_observed_share?: string;
  repeat_factor?: string;
  spot_refund?: string;
  bonus_cap?: string;
  bands?: DocGrade[];
  bonuses?: DocBonus[];
  sections?: DocSection[];
}

export type Step = string | number;
export type Path = readonly Step[];

/** A fault the server found, in the reader's language. */
export interface Fault {
  path: string;
  code: string;
  detail: string;
}

/** Where something of the draft stands on the screen: a section, or an item of it. */
export interface Spot {
  section: number;
  item: number | null;
}

/** The server's word on a draft. */
export interface Report {
  document: Doc;
  seen: number;
  faults: Fault[];
  changed_at: string;
  changed_by: string;
  changed_by_you: boolean;
}

/** What the server made of answers that are tried out. */
export interface Trial {
  faults: number;
  card: {
    total: number | null;
    lost: number | null;
    outcome: "pass" | "fail" | "vetoed" | "none";
    answered: number;
    items: number;
    sections: { section: string; full: number; earned: number | null; lost: number | null }[];
  } | null;
  steps: string[];
}
