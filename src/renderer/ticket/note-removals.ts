import type { Language } from '#contract/setting-names.ts';

/** A piece of a note; the pieces together are the note. `language`: that of words that leave something out, else null. */
export interface NotePiece {
  text: string;
  language: Language | null;
}

interface Rule {
  words: RegExp;
  /** What else the words may be about than food, as it begins (in Georgian: ends): "no rush" leaves nothing out. */
  about: RegExp;
}

/**
 * Words that leave something out, in the note of an item. A note is free text, so the rule is stricter than for a modifier
 * (removal.ts): "no" counts only where a sentence or a part of it begins, the clearer words anywhere, and none of them before
 * words that are not about food. A mark that is missing costs little, since the note is shown as before; a wrong one misleads.
 */
const RULES: Record<Language, Rule> = {
  en: {
    words:
      /(?<=(?:^|[,;:.!?()+•·\n–—-])\s*|\b(?:and|but|please|pls|with)\s+)no(?=\s+[^\s\d])|(?<![\p{L}\d])(?:without|w\/o|remove|omit|leave out|hold the)(?=\s+[^\s\d])/giu,
    about:
      /^(?:rush|hurry|hurries|problems?|prob|worr(?:y|ies)|issues?|need|thanks?|thank you|idea|way|one|body|matter|reason|doubts?|later|earlier|sooner|longer|more|less|fewer|change|contact|calls?|calling|bell|ringing|knock(?:ing)?|stress|delays?|wait(?:ing)?|limit|preference|allerg(?:y|ies)|restrictions?|name|phone|receipt|fail|stairs|hay|es|hace|importa|tocar|llamar|llame[ns]?|olvidar|se|me|te|le|lo|la|soy|somos|tengo|tenemos|prisa|problema|gracias)(?![\p{L}\d])/iu,
  },
  // Thai is written without spaces.
  th: {
    words: /(?<=^|[\s,;.()])(?:ไม่ต้องใส่|ไม่ใส่|ไม่เอา|งดใส่|งด|ปราศจาก)(?=\s*[\u0e01-\u0e5b])/gu,
    about: /^(?:ถุง|ใบเสร็จ)/u,
  },
  ru: {
    words:
      /(?<![\p{L}\d])(?:без|убрать|уберите|исключить|исключите|не класть|не кладите|не добавлять|не добавляйте)(?=\s+[^\s\d])/giu,
    about:
      /^(?:спешки|проблем|вопросов|сдачи|звонка|звонков|очереди|задерж[а-я]+|опозданий|изменений|разницы|аллерги[а-я]+|исключений|комментариев|контакта)(?![\p{L}\d])/iu,
  },
  ka: {
    words: /(?<=[\u10d0-\u10ff]\s+)გარეშე(?![\p{L}\d])/gu,
    about: /(?:^|\s)(?:აჩქარების|პრობლემის|პრობლემების|შეფერხების|დაგვიანების|ზარის|ხურდის|ალერგიის)$/u,
  },
  es: {
    words: /(?<![\p{L}\d])(?:sin|quitar|quite[ns]?)(?=\s+[^\s\d])/giu,
    about:
      /^(?:prisas?|problemas?|dudas?|falta|compromiso|cambios?|contacto|llamar|tocar|demoras?|retrasos?|esperas?|l[ií]mite|alergias?|preferencias?|embargo|querer|m[aá]s)(?![\p{L}\d])/iu,
  },
  ar: {
    words: /(?<![\p{L}\d])(?:بدون|من دون|دون|بلا|من غير)(?=\s+[^\s\d])/gu,
    about: /^(?:استعجال|عجلة|مشاكل|مشكلة|تأخير|اتصال|جرس|حساسية|حساسيه|انتظار)(?![\p{L}\d])/u,
  },
};
const LANGUAGES = Object.keys(RULES) as Language[];

/** Splits a note at the words that leave something out, whichever language the screen is in. */
export function noteRemovals(note: string): NotePiece[] {
  const found = LANGUAGES.flatMap((language) => foundIn(note, language)).sort((a, b) => a.at - b.at);
  const pieces: NotePiece[] = [];
  let end = 0;
  for (const { at, text, language } of found) {
    if (at < end) continue;
    if (at > end) pieces.push({ text: note.slice(end, at), language: null });
    pieces.push({ text, language });
    end = at + text.length;
  }
  if (end < note.length) pieces.push({ text: note.slice(end), language: null });
  return pieces;
}

function foundIn(note: string, language: Language): (NotePiece & { at: number; language: Language })[] {
  const { words, about } = RULES[language];
  return [...note.matchAll(words)].flatMap(({ 0: text, index: at }) => {
    const subject = language === 'ka' ? note.slice(0, at).trimEnd() : note.slice(at + text.length).trimStart();
    return about.test(subject) ? [] : [{ at, text, language }];
  });
}
