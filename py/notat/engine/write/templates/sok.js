// Search in the whole note. The texts are in sokeregister.js, which sets the global `notatSok`; they and the libraries are
// loaded when the reader first comes to the field: as scripts, because a page opened from disk may not fetch.
// MiniSearch finds and ranks; Snowball's stemmer finds all forms of a word. What a word of bokmål means besides – its last
// part, its synonyms, what a misspelt word should have been – is decided here.
"use strict";

(() => {
  const FOLDER = new URL(".", document.currentScript.src);
  const ROOT = new URL("..", FOLDER);
  // The stemmer of the book's language; pages in other languages have theirs, which the index names.
  const OWN = "norwegian";
  const STEMMERS = { norwegian: () => new NorwegianStemmer(), english: () => new EnglishStemmer() };
  const fileOf = (stemmer) => `snowball/${stemmer}-stemmer.js`;
  const SCRIPTS = ["minisearch/minisearch.js", "snowball/base-stemmer.js", fileOf(OWN), "sokeregister.js"];
  const MOST = 40; // results shown
  const [BEFORE, AFTER] = [50, 110]; // letters of the snippet around the first hit
  // How much a place counts that has another form of the word, just this form too, it as a last part of a compound, as a
  // beginning, a synonym of it, or its parts.
  const WEIGHTS = { stem: 1, form: 0.3, tail: 0.4, start: 0.3, synonym: 0.4, part: 0.3 };
  const IN_TITLE = 6;
  const WORKS = 2; // rank of the list of references; lower are chapters, higher appendices
  const OF_RANK = [1, 0.5, 1, 1]; // chapters without number sum up what others say at length
  const OF_FLOAT = 0.5; // figures, tables and rows come after the section that tells about them
  const BM25 = { k: 1.2, b: 0.4, d: 0.5 }; // sections are of many lengths, and no worse for being long
  const COMMON = 0.4; // a word in so many of the places decides nothing beside others
  const [SHORTEST_HEAD, SHORTEST_TAIL] = [3, 4]; // letters in the parts of a compound
  const TWO_FAULTS = 10; // letters of a word that may be misspelt in two places: «konkurser» is not «konkurrere»
  const PHRASE = 2; // how much more a place counts that has the words side by side
  const LONG = 5; // letters of a part that says something without the other
  // Words that ask, or tie words together: they decide nothing beside others.
  const ASKING = new Set((
    "hvor hva hvem hvilke hvilken hvilket hvordan hvorfor når kor kva kven korleis mange mye mykje er det de dei som i på av og har"
    + " til for fra frå med om et ein en stor store stort høy høyt høye lav lavt lave lang langt lenge ofte få står får finnes finst"
    + " ligger blir vert ble gjør går skal kan vil må jeg eg vi du man noen nokon"
    + " how many much what who which when where why is are the of in and to for from with"
  ).split(" "));

  // ---- Words ----

  // Lower case, without accents (é, not å), with plain spaces and digits; as many letters as before, so that places agree.
  const fold = (text) => text
    .toLocaleLowerCase("nb").replace(/\s/g, " ")
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
    .normalize("NFD").replace(/[\u0300-\u0302\u0327]/g, "").normalize("NFC");

  // A number may be written with any space between its groups, or none, and is one word.
  const WORD = /(?<!\d)\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)*|\p{L}[\p{L}\p{N}]*/gu;
  const wordsOf = (text) => [...fold(text).matchAll(WORD)]
    .map((match) => ({ word: match[0].replaceAll(" ", ""), from: match.index, to: match.index + match[0].length }));

  // ---- The index ----

  function stemming(name) {
    const stemmer = STEMMERS[name]();
    const stems = new Map();
    // A short stem keeps what it is derived by: «ledig» is not «led».
    return (word) => {
      if (!stems.has(word)) {
        const short = stemmer.stemWord(word);
        const derived = word.slice(short.length).match(short.length < SHORTEST_TAIL ? /^l?ig/ : /^lig/);
        stems.set(word, short + (derived ?? ""));
      }
      return stems.get(word);
    };
  }

  // Each word stands in the index as itself, as `*` with its stem, and as `-` with the stem of its last part. That of a page
  // in another language has the stem of that language.
  function build({ steder: sections, synonymer: groups, andre: others = [] }) {
    const stem = stemming(OWN);
    const foreign = new Map(others.map((name) => [name, stemming(name)]));
    const stems = (word) => [...new Set([stem, ...foreign.values()].map((of) => of(word)))];
    const forms = new Map(); // of each form: how many places have it, and how it is written
    for (const section of sections) {
      const text = `${section.d}\n${section.t}`;
      const written = new Map(wordsOf(text).map((one) => [one.word, text.slice(one.from, one.to)]));
      for (const [word, as] of written) {
        const before = forms.get(word) ?? { count: 0, as };
        forms.set(word, { count: before.count + 1, as: before.as === word ? word : as });
      }
    }
    const known = new Set([...forms.keys(), ...groups.flat().flatMap((phrase) => wordsOf(phrase).map((one) => one.word))]);
    for (const word of [...known]) known.add(stem(word));

    // Where the last part of a compound begins; both parts are known: arbeids-ledighet, lakse-oppdrett. The loose way, only
    // the last one is.
    const split = (word, loose = false) => {
      const isHead = (part) => known.has(part) || known.has(part.replace(/[se]$/, ""));
      const more = loose ? 1 : 0; // letters that an unknown first part and a last part alone must have besides
      for (let at = SHORTEST_HEAD + more; at <= word.length - SHORTEST_TAIL - more; at += 1) {
        if (loose ? stem(word.slice(at)).length < SHORTEST_TAIL : !isHead(word.slice(0, at))) continue;
        if (known.has(word.slice(at)) || known.has(stem(word.slice(at)))) return at;
      }
      return 0;
    };
    const partsOf = (word) => {
      const at = split(word);
      const head = word.slice(0, at);
      return at ? [known.has(head) ? head : head.slice(0, -1), word.slice(at)] : [];
    };
    // The stems of compounds that end in a word which the note has in no other way.
    const endingIn = (word) => {
      if (known.has(stem(word)) || word.length < SHORTEST_TAIL) return [];
      return [...new Set([...forms.keys()].map(stem))]
        .filter((one) => one.endsWith(stem(word)) && one.length >= stem(word).length + SHORTEST_HEAD);
    };
    // What the note may tell of a compound that it lacks: its last part, or else its first.
    const onePart = (word) => {
      const at = split(word, true);
      if (at) return word.slice(at);
      let end = word.length - 1;
      while (end >= LONG && !known.has(word.slice(0, end))) end -= 1;
      return end < LONG ? word : word.slice(0, end);
    };

    const terms = new Map();
    const termsOf = (word, language) => {
      if (language) return [word, `*${foreign.get(language)(word)}`];
      if (!terms.has(word)) {
        const at = split(word);
        terms.set(word, [word, `*${stem(word)}`, ...(at ? [`-${stem(word.slice(at))}`] : [])]);
      }
      return terms.get(word);
    };

    const synonyms = new Map(); // of a word and of its stem: phrases of words
    for (const group of groups) {
      const phrases = group.map((phrase) => wordsOf(phrase).map((one) => one.word));
      for (const [word] of phrases.filter((words) => words.length === 1)) {
        const others = phrases.filter((words) => words.length > 1 || words[0] !== word);
        for (const key of new Set([word, stem(word)])) synonyms.set(key, [...(synonyms.get(key) ?? []), ...others]);
      }
    }

    let indexed = ""; // the language of the place that is put into the index
    const index = new MiniSearch({
      idField: "place",
      fields: ["d", "t"],
      tokenize: (text) => wordsOf(text).map((one) => one.word),
      processTerm: (word) => termsOf(word, indexed),
      searchOptions: {
        tokenize: (term) => [term],
        processTerm: (term) => term,
        boost: { d: IN_TITLE },
        weights: { prefix: 1, fuzzy: 0 },
        bm25: BM25,
      },
    });
    for (const [place, section] of sections.entries()) {
      indexed = section.s;
      index.add({ ...section, place });
    }
    return { sections, forms, stem, stems, partsOf, endingIn, onePart, termsOf, synonyms, index };
  }

  // ---- Finding ----

  const any = (...queries) => ({ combineWith: "OR", queries });
  const all = (...queries) => ({ combineWith: "AND", queries });
  const term = (word, weight, prefix = false) => ({ queries: [word], boostTerm: () => weight, prefix });

  const forms = ({ stem, stems }, word, share) => any(
    ...stems(word).map((one) => term(`*${one}`, WEIGHTS.stem * share)),
    term(`-${stem(word)}`, WEIGHTS.tail * share),
  );

  const itself = ({ stems }, word) => any(
    ...stems(word).map((one) => term(`*${one}`, WEIGHTS.stem)),
    term(word, WEIGHTS.form),
    term(word, WEIGHTS.start, true),
  );

  const synonyms = (book, word, share) => (book.synonyms.get(word) ?? book.synonyms.get(book.stem(word)) ?? [])
    .map((phrase) => all(...phrase.map((one) => forms(book, one, WEIGHTS.synonym * share))));

  // What stands for a word of the query: its forms, what begins with it or its stem, and its synonyms.
  const meant = (book, word) => any(
    itself(book, word),
    term(`-${book.stem(word)}`, WEIGHTS.tail),
    ...book.endingIn(word).map((compound) => term(`*${compound}`, WEIGHTS.tail)),
    ...[book.stem(word)].filter((start) => start !== word && start.length >= SHORTEST_TAIL)
      .map((start) => term(start, WEIGHTS.start, true)),
    ...synonyms(book, word, 1),
  );

  // What a compound that the chapters lack may stand for: places that have both its parts.
  const inParts = (book, word) => {
    const parts = book.partsOf(word).map((part) => any(
      forms(book, part, WEIGHTS.part),
      ...synonyms(book, part, WEIGHTS.part),
    ));
    return parts.length ? any(meant(book, word), all(...parts)) : meant(book, word);
  };

  // Best first: chapters, the list of references, appendices; but what is just called what was searched for – a chapter, a
  // figure, a table, a work – is always first.
  function run(book, called, query) {
    const isCalled = ({ d, k, f, r }) => (d === k || (f ? /^\p{L}/u.test(d) : r < WORKS))
      && wordsOf(d.replace(/^(\d[\d.]*|[A-Z]) /, "")).map((one) => one.word).join(" ") === called;
    const boostDocument = (place) => OF_RANK[book.sections[place].r] * (book.sections[place].f ? OF_FLOAT : 1);
    const says = ({ d, t }) => called.includes(" ") && fold(`${d}\n${t}`).includes(called);
    return book.index.search(query, { boostDocument })
      .map(({ id, score, match }) => ({ section: book.sections[id], score, terms: new Set(Object.keys(match)) }))
      .map((one) => (says(one.section) ? { ...one, score: one.score * PHRASE } : one))
      .map((one) => ({ ...one, tier: isCalled(one.section) ? 0 : Math.max(one.section.r, WORKS - 1) }))
      .sort((a, b) => a.tier - b.tier || b.score - a.score);
  }

  // Letters to change, add, take away or swap to make one word of another; more than `most` is as good as endless.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      for (let at = 1; at <= other.length; at += 1) {
        const same = one[row - 1] === other[at - 1];
        next[at] = Math.min(next[at - 1] + 1, last[at] + 1, last[at - 1] + (same ? 0 : 1));
        if (one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) next[at] = Math.min(next[at], before[at - 2] + 1);
      }
      [before, last] = [last, next];
    }
    return last[other.length];
  }

  // The known word that a misspelt one was most likely meant to be: the nearest, and of those the most used.
  function corrected({ forms: known }, word) {
    const most = word.length < 4 || /\d/.test(word) ? 0 : word.length < TWO_FAULTS ? 1 : 2;
    const near = [...known]
      .filter(([form]) => most && form[0] === word[0])
      .map(([form, { count, as }]) => ({ as, count, away: distance(word, form, most) }))
      .filter((one) => one.away <= most)
      .sort((a, b) => a.away - b.away || b.count - a.count);
    return near[0]?.as ?? word;
  }

  const distinct = (text) => [...new Set(wordsOf(text.replaceAll("\u00ad", "")).map((one) => one.word))];

  // Places that have all the words; else those with the parts of a compound, with other spelling, or with some of it.
  function find(book, query) {
    const asked = distinct(query);
    const isCommon = (word) => ASKING.has(word) || (book.forms.get(word)?.count ?? 0) >= COMMON * book.sections.length;
    const telling = asked.filter((word) => !isCommon(word));
    const words = telling.length ? telling : asked;
    const search = (list, how, join = all) => run(book, asked.join(" "), join(...list.map((word) => how(book, word))));
    const whole = search(words, meant);
    if (whole.some((one) => one.section.r < WORKS)) return { found: whole };
    const found = search(words, inParts);
    if (found.length) return { found };
    const spelt = words.map((word) => (search([word], inParts).length ? word : corrected(book, word))).join(" ");
    const better = distinct(spelt).some((word) => !words.includes(word)) ? search(distinct(spelt), inParts) : [];
    if (better.length) return { found: better, spelt };
    const known = (word) => search([word], meant).length > 0;
    const parts = words.map((word) => (known(word) ? word : book.onePart(word)));
    return { found: search(parts, meant, any), some: distinct(parts.join(" ")).filter(known).join(" ") };
  }

  // ---- Showing. Text is always set as text, never as HTML. ----

  function make(tag, className, ...content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content);
    return node;
  }

  // The places in a text of the words that were found: [from, to]; of a word that begins with what was written, only that.
  const places = (book, text, { section, terms }, words) => wordsOf(text)
    .filter((one) => book.termsOf(one.word, section.s).some((found) => terms.has(found)))
    .map((one) => {
      const start = words.find((word) => one.word.startsWith(word));
      return [one.from, start && one.to - one.from === one.word.length ? one.from + start.length : one.to];
    });

  function marked(text, marks, from = 0, to = text.length) {
    const pieces = [];
    let at = from;
    for (const [start, end] of marks) {
      if (start < at || end > to) continue;
      pieces.push(text.slice(at, start), make("mark", "", text.slice(start, end)));
      at = end;
    }
    return [...pieces, text.slice(at, to)];
  }

  function snippet(text, marks) {
    const first = marks[0]?.[0] ?? 0;
    const from = first <= BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
    const to = first + AFTER >= text.length ? text.length : text.lastIndexOf(" ", first + AFTER);
    const shown = marked(text, marks, Math.min(from, first), Math.max(to, first));
    return [from ? "… " : "", ...shown, to < text.length ? " …" : ""];
  }

  function result(book, hit, words) {
    const { section } = hit;
    const link = make("a", "", make("span", "sok-tittel", ...marked(section.d, places(book, section.d, hit, words))));
    link.href = new URL(section.a, ROOT).href;
    if (section.k !== section.d) link.append(" ", make("span", "sok-kapittel", section.k));
    if (section.t) link.append(" ", make("span", "sok-utdrag", ...snippet(section.t, places(book, section.t, hit, words))));
    return make("li", "", link);
  }

  function count({ found, spelt, some }, query) {
    const rest = found.length > MOST ? `. De ${MOST} første vises.` : "";
    if (!found.length) return `Ingen treff på «${query}».`;
    if (spelt) return `Ingen treff på «${query}». Viser ${found.length} treff på «${spelt}»${rest || "."}`;
    if (some) return `Ingen treff på hele «${query}». Viser ${found.length} treff med «${some}»${rest || "."}`;
    return `${found.length} treff${rest}`;
  }

  // ---- The field ----

  function start() {
    const box = document.querySelector(".sok");
    const field = box.querySelector("input");
    const status = box.querySelector(".sok-antall");
    const list = box.querySelector(".sok-treff");
    const links = () => [...list.querySelectorAll("a")];
    let book = null;
    let waiting = 0;

    const say = (text) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { status.textContent = text; }, text ? 150 : 0); // not at every letter
    };

    const show = () => {
      const query = field.value.trim();
      const asked = distinct(query).length > 0;
      const outcome = asked && book ? find(book, query) : { found: [] };
      const words = distinct(outcome.spelt ?? query);
      list.replaceChildren(...outcome.found.slice(0, MOST).map((hit) => result(book, hit, words)));
      list.hidden = !outcome.found.length;
      box.parentElement.classList.toggle("soker", asked);
      say(asked && book ? count(outcome, query) : "");
    };

    const load = () => {
      field.removeEventListener("focus", load);
      const fetched = (names) => Promise.all(names.map((name) => new Promise((resolve, reject) => {
        const script = make("script", "");
        script.src = new URL(name, FOLDER).href;
        script.async = false; // in this order
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        document.head.append(script);
      })));
      fetched(SCRIPTS)
        .then(() => fetched((window.notatSok.andre ?? []).map(fileOf)))
        .then(() => { book = build(window.notatSok); show(); })
        .catch(() => say("Søket kunne ikke lastes."));
    };

    const step = (by) => {
      const every = links();
      const next = every.indexOf(document.activeElement) + by;
      (next < 0 ? field : every[Math.min(next, every.length - 1)])?.focus();
    };

    box.hidden = false;
    field.addEventListener("focus", load);
    field.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp" && event.target !== field) step(-1);
      else if (event.key === "Enter" && event.target === field) links()[0]?.click();
      else if (event.key === "Escape" && field.value) {
        field.value = "";
        field.focus();
        show();
        event.stopPropagation(); // the menu around it stays open
      } else return;
      if (event.target !== field || event.key !== "Enter") event.preventDefault();
    });
    // What the browser remembers when the reader comes back to the page.
    if (field.value) load();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
