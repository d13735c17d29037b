-- What Markdown cannot say about the note, for every format and both engines:
-- marked numbers and claims, the three kinds of boxes, and where the appendices begin.

local html = FORMAT:match("html") ~= nil
local typst = FORMAT:match("typst") ~= nil
local docx = FORMAT:match("docx") ~= nil

-- What the filter says to readers, by the bokmål: the words of `py/notat/norsk/language_nn.toml` and `language_en.toml`.
local words = {
  nn = {
    ["Tallene bak {figure}"] = "Tala bak {figure}",
    ["figuren"] = "figuren",
    ["Last ned tallene som CSV"] = "Last ned tala som CSV",
    ["Last ned {figure} som {kind}"] = "Last ned {figure} som {kind}",
    ["Vedlegg"] = "Vedlegg",
    ["Kapittel"] = "Kapittel",
    ["«{title}»"] = "«{title}»",
    ["{chapter} i {file}"] = "{chapter} i {file}",
  },
  en = {
    ["Tallene bak {figure}"] = "The numbers behind {figure}",
    ["figuren"] = "the figure",
    ["Last ned tallene som CSV"] = "Download the numbers as CSV",
    ["Last ned {figure} som {kind}"] = "Download {figure} as {kind}",
    ["Vedlegg"] = "Appendix",
    ["Kapittel"] = "Chapter",
    ["«{title}»"] = "“{title}”",
    ["{chapter} i {file}"] = "{chapter} in {file}",
  },
}
local said = {}

local function read_language(meta)
  said = meta.lang and words[pandoc.utils.stringify(meta.lang):sub(1, 2)] or {}
end

local function say(text, values)
  return ((said[text] or text):gsub("{(%a+)}", values or {}))
end

-- Class of a Div → kind of box. Quarto turns callouts into its own boxes before this filter sees them.
local kinds = {
  hovedfunn = "hovedfunn",
  drofting = "drofting",
  boks = "boks",
  ["callout-note"] = "boks",
  ["callout-tip"] = "boks",
  ["callout-important"] = "varsel",
  ["callout-warning"] = "varsel",
  ["callout-caution"] = "varsel",
}

-- Kind of box → paragraph styles of reference.docx.
local styles = {
  hovedfunn = { title = "Hovedfunn tittel", body = "Hovedfunn" },
  drofting = { title = "Drøfting tittel", body = "Drøfting" },
  boks = { title = "Boks tittel", body = "Boks" },
  varsel = { title = "Varsel tittel", body = "Varsel" },
}

local function kind_of(div)
  for _, class in ipairs(div.classes) do
    if kinds[class] then return kinds[class] end
  end
end

-- Text that stands where the data are so: the kernel has written which conditions hold.
local truths
local function holds(condition)
  if not truths then
    local folder = quarto and quarto.project and quarto.project.directory or "."
    local file = io.open(folder .. "/.notat/enhet.json")
    truths = file and pandoc.json.decode(file:read("a"), false)["vilkår"] or {}
    if file then file:close() end
  end
  if truths[condition] == nil then error("Vilkåret «" .. condition .. "» er ikke prøvd på tallene.") end
  return truths[condition]
end

local function settle(element)
  if not element.classes:includes("hvis") then return nil end
  return holds(element.attributes.tall or "") and element.content or {}
end

-- The title of a box: its attribute, or else a heading that opens it. It is taken out of the box.
local function take_title(div)
  local text = div.attributes.title
  if text then
    div.attributes.title = nil
    local read = pandoc.read(text, "markdown+smart").blocks[1]
    return read and read.content or pandoc.Inlines {}
  end
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  return pandoc.Inlines {}
end

-- Several pieces of a title are one, whatever lies between them.
local function in_one(title)
  for _, inline in ipairs(title) do
    if inline.t ~= "Str" and inline.t ~= "Space" then return { "<span>", "</span>" } end
  end
  return { "", "" }
end

-- A box that the author has closed is opened on the web by its title; in print it is open.
local function html_box(div, title)
  local collapse = div.attributes.collapse
  div.attributes.collapse = nil
  if #title == 0 then return div end
  local tag = collapse and "summary" or "p"
  local first, last = table.unpack(in_one(title))
  local opening = pandoc.Plain { pandoc.RawInline("html", "<" .. tag .. ' class="boks-tittel">' .. first) }
  opening.content:extend(title)
  opening.content:insert(pandoc.RawInline("html", last .. "</" .. tag .. ">"))
  -- A group with a name. The name is not the title's id: the same box may stand twice on a page.
  div.attributes["role"] = "group"
  div.attributes["aria-label"] = pandoc.utils.stringify(title)
  div.content:insert(1, opening)
  if not collapse then return div end
  local details = "<details" .. (collapse == "false" and " open" or "") .. ">"
  div.content:insert(1, pandoc.RawBlock("html", details))
  div.content:insert(pandoc.RawBlock("html", "</details>"))
  return div
end

local function typst_box(div, kind, title)
  local opening = pandoc.Plain { pandoc.RawInline("typst", '#boks("' .. kind .. '", [') }
  opening.content:extend(title)
  opening.content:insert(pandoc.RawInline("typst", "])["))
  local label = div.identifier ~= "" and (" <" .. div.identifier .. ">") or ""
  local blocks = pandoc.Blocks { opening }
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("typst", "]" .. label))
  return blocks
end

local function styled(blocks, style)
  return pandoc.Div(blocks, pandoc.Attr("", {}, { ["custom-style"] = style }))
end

-- Pandoc gives tight list items a style of their own; as paragraphs they keep that of the box. Cells of tables do not:
-- each would get the frame of the box.
local function loose(blocks)
  return blocks:walk {
    traverse = "topdown",
    Plain = function(plain) return pandoc.Para(plain.content) end,
    Table = function(tbl) return styled({ tbl }, "Compact"), false end,
  }
end

-- What warns has a sign of its own, as on the web: a symbol, so that it is no part of the title.
local function word_sign()
  local function run(look, sign)
    local format = '<w:rPr><w:rStyle w:val="Varseltegn"/>' .. look .. "</w:rPr>"
    local symbol = '<w:sym w:font="Source Sans 3" w:char="' .. sign .. '"/>'
    return "<w:r>" .. format .. symbol .. "</w:r>"
  end
  local beside = run('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', "2002")
  return pandoc.RawInline("openxml", run("", "00A0") .. run("", "0021") .. run("", "00A0") .. beside)
end

local function docx_box(div, kind, title)
  local blocks = pandoc.Blocks {}
  if kind == "varsel" and #title > 0 then title:insert(1, word_sign()) end
  if #title > 0 then blocks:insert(styled({ pandoc.Para(title) }, styles[kind].title)) end
  blocks:insert(styled(loose(div.content), styles[kind].body))
  return pandoc.Div(blocks, pandoc.Attr(div.identifier))
end

-- What sets a language in Typst. The region of the note is not that of another language.
local function typst_language(code)
  local language, region = code:match("^(%a+)%-?(%a*)$")
  if language then
    region = region ~= "" and '"' .. region:upper() .. '"' or "none"
    return 'lang: "' .. language:lower() .. '", region: ' .. region
  end
end

-- Words in another language: Pandoc's writer for Typst leaves the language of a Span out.
local function foreign_words(span)
  local setting = typst and span.attributes.lang and typst_language(span.attributes.lang)
  if not setting then return nil end
  local inlines = pandoc.Inlines { pandoc.RawInline("typst", "#text(" .. setting .. ")[") }
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline("typst", "];")) -- or «.no» after it would be a field of the text
  span.attributes.lang = nil
  span.content = inlines
  return span
end

local function foreign_blocks(div)
  local setting = typst and div.attributes.lang and typst_language(div.attributes.lang)
  if not setting then return nil end
  div.attributes.lang = nil
  return { pandoc.RawBlock("typst", "#[#set text(" .. setting .. ")"), div, pandoc.RawBlock("typst", "]") }
end

-- Titles in another language than the note's. A citation processor knows the language of a work, and says nothing of it.
local function foreign_titles(doc)
  local own = pandoc.utils.stringify(doc.meta.lang or "nb"):match("^%a+")
  local read, works = pcall(pandoc.utils.references, doc) -- what cannot be read, the citation processor reports
  local foreign = pandoc.List {}
  for _, work in ipairs(read and works or {}) do
    local language = work.language and work.language:match("^%a+")
    if language and language ~= own and work.title then
      work.title = pandoc.Inlines { pandoc.Span(work.title, { lang = work.language }) }
      foreign:insert(work)
    end
  end
  if #foreign > 0 then
    doc.meta.references = foreign -- they go before those of the same id in the file
    return doc
  end
end

-- Word would join two boxes that follow each other into one: a mark, which the finished document has no trace of.
local apart = '<w:p><w:pPr><w:pStyle w:val="Boksskille"/></w:pPr></w:p>'

local function boxes_apart(blocks)
  if not docx then return nil end
  local result, before = pandoc.Blocks {}, nil
  for _, block in ipairs(blocks) do
    local kind = block.t == "Div" and kind_of(block)
    if kind and before then result:insert(pandoc.RawBlock("openxml", apart)) end
    result:insert(block)
    before = kind
  end
  return result
end

-- The basis of the numbers is looked up, not read: smaller text in print.
local function small(div)
  if docx then return styled(loose(div.content), "Tallgrunnlag") end
  if typst then
    local blocks = pandoc.Blocks { pandoc.RawBlock("typst", "#tallgrunnlag[") }
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
end

-- Quarto's chapters lie in a folder of their own and know the way back to the root; the pages of our own engine lie flat.
local offset = quarto and quarto.project and quarto.project.offset
local home = offset and (offset .. "/") or ""

-- The data behind a figure: on the web a table to open, with a file to save. In print the figure and its text suffice.
local function figure_data(div)
  if not html then return {} end
  local figure = div.attributes["data-figur"]
  local drawn = div.attributes["data-navn"] or say("figuren")
  local name = say("Tallene bak {figure}", { figure = drawn })
  local blocks = pandoc.Blocks {
    pandoc.RawBlock("html", '<details class="figurdata" data-figur="' .. figure .. '"><summary>' .. name .. "</summary>"),
  }
  blocks:extend(div.content:walk {
    Table = function(tbl)
      local frame = { { "role", "region" }, { "tabindex", "0" }, { "aria-label", name } } -- pairs, for Lua keys have no order
      return pandoc.Div({ tbl }, pandoc.Attr("", { "tabell-ramme" }, frame))
    end,
  })
  local folder = home .. "ressurser/figurdata/" .. figure .. "."
  local file = folder .. "csv"
  local saved = pandoc.Attr("", {}, { { "download", "" }, { "aria-label", say("Last ned tallene som CSV") .. ": " .. name } })
  local links = pandoc.Inlines { pandoc.Link(say("Last ned tallene som CSV"), file, "", saved) }
  for _, kind in ipairs { "SVG", "PNG" } do
    local words = say("Last ned {figure} som {kind}", { figure = drawn, kind = kind })
    links:extend { pandoc.RawInline("html", " "), pandoc.Link(words, folder .. kind:lower(), "", { download = "" }) }
  end
  blocks:insert(pandoc.Para(links))
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

local function page_break()
  if typst then return pandoc.RawBlock("typst", "#pagebreak(weak: true)") end
  if docx then return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>') end
end

-- The code of a cell, folded on the web.
local function folded_code(div)
  if not html then return div.content end
  local opened = div.attributes["data-apen"] and " open" or ""
  local title = div.attributes["data-tittel"] or "Kode"
  local summary = pandoc.Plain { pandoc.RawInline("html", "<summary>"), pandoc.Str(title), pandoc.RawInline("html", "</summary>") }
  local blocks = pandoc.Blocks { pandoc.RawBlock("html", '<details class="kodeskjul"' .. opened .. ">"), summary }
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

local function box(div)
  if div.classes:includes("sideskift") then return page_break() end
  if div.classes:includes("figurdata") then return figure_data(div) end
  if div.classes:includes("kodeskjul") then return folded_code(div) end
  if div.classes:includes("tallgrunnlag") then return small(div) end
  local kind = kind_of(div)
  if not kind then return nil end
  local title = take_title(div)
  if html then return html_box(div, title) end
  if typst then return typst_box(div, kind, title) end
  if docx then return docx_box(div, kind, title) end
end

-- Spans that carry an id are for the web page; elsewhere only their text is wanted.
local function mark(span)
  if not html and (span.classes:includes("tall") or span.classes:includes("paastand")) then
    return span.content
  end
end

-- The data package is a file beside the web pages; other formats only name it.
local function package(span)
  if not span.classes:includes("datapakke") then return nil end
  if not html then return span.content end
  return pandoc.Link(span.content, home .. span.attributes.fil, "", { download = "" })
end

-- Quarto numbers captions itself, so its tables must not be Typst figures of their own.
local function bare_table(tbl)
  if typst and #tbl.caption.long == 0 then
    tbl.classes:insert("typst:no-figure")
    return tbl
  end
end

-- Typst reads «4. kvartal» or «+ 3» at the start of a cell or a list item as a list: an empty expression before it helps.
local function not_a_list(block)
  local first, second = block.content[1], block.content[2]
  if not typst or not second or first.t ~= "Str" or second.t ~= "Space" and second.t ~= "SoftBreak" then return nil end
  if first.text:match("^%d+%.$") or first.text:match("^[-+/]$") or first.text:match("^=+$") then
    block.content:insert(1, pandoc.RawInline("typst", "#[];"))
    return block
  end
end

local function ends_in_link(inline)
  if inline.t == "Link" then return true end
  local content = inline.t ~= "Note" and inline.content
  return content and #content > 0 and ends_in_link(content[#content])
end

-- Typst stops when it hyphenates a word where a link in it ends, as in «[fylkes](…)kommunen»: the rest is not hyphenated.
local function words_after_links(inlines)
  for place = #inlines, 2, -1 do
    local text = inlines[place].t == "Str" and inlines[place].text or ""
    local first = pandoc.text.sub(text, 1, 1)
    if pandoc.text.lower(first) ~= pandoc.text.upper(first) and ends_in_link(inlines[place - 1]) then
      inlines:insert(place + 1, pandoc.RawInline("typst", "];"))
      inlines:insert(place, pandoc.RawInline("typst", "#text(hyphenate: false)["))
    end
  end
  return inlines
end

-- Whether a paragraph only leads to what follows: words before a colon, or bold words, perhaps with references.
local function leads(block)
  if block.t ~= "Para" then return false end
  local bold, beside = false, ""
  for _, inline in ipairs(block.content) do
    if inline.t == "Strong" then
      bold = true
    elseif inline.t ~= "Link" and inline.t ~= "Cite" and inline.t ~= "RawInline" then
      beside = beside .. pandoc.utils.stringify(inline)
    end
  end
  return pandoc.utils.stringify(block):match(":%s*$") ~= nil or bold and not beside:match("[^%s();,:]")
end

-- Such a paragraph is not left at the foot of a page of the PDF. In Word the finished document is told so.
local function kept_with_next(blocks)
  for place, block in ipairs(blocks) do
    if block.t == "Div" then
      kept_with_next(block.content)
    elseif blocks[place + 1] and leads(block) then
      block.content:insert(1, pandoc.RawInline("typst", "#ledetekst["))
      block.content:insert(pandoc.RawInline("typst", "]"))
    end
  end
end

local function keep_leads(doc)
  if not typst then return nil end
  kept_with_next(doc.blocks)
  return doc
end

-- In Word a heading's number is a run of its own and a tab, so that long headings hang.
local function word_number(header)
  local first, second = header.content[1], header.content[2]
  if not docx or not first or first.t ~= "Span" or not first.classes:includes("header-section-number") then return nil end
  first.attributes["custom-style"] = "Section Number"
  if second and second.t == "Space" then header.content[2] = pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>") end
  return header
end

-- A heading that Typst gets as a call, `#heading(…)[14. Tema]`, would hold a list.
-- Its footnotes are marked, for its words are repeated in the contents and at the top of each page.
local function heading(header)
  if typst then
    header.content = header.content:walk {
      Note = function(note)
        local inlines = pandoc.Inlines { pandoc.RawInline("typst", "#overskriftsnote[") }
        inlines:extend(pandoc.utils.blocks_to_inlines(note.content))
        inlines:insert(pandoc.RawInline("typst", "]"))
        return inlines
      end,
    }
    return not_a_list(header) or header
  end
  return word_number(header)
end

-- The embedded engine has its citations made apart from the chapters, and only they are wanted then.
if FORMAT == "json" then return { { Pandoc = foreign_titles } } end

local filters = { { Meta = read_language }, { Pandoc = foreign_titles }, { Span = foreign_words, Div = foreign_blocks }, { Blocks = boxes_apart }, { Div = box }, { Span = package }, { Span = mark, Table = bare_table, Para = not_a_list, Plain = not_a_list, Header = heading } }
if typst then table.insert(filters, { Inlines = words_after_links }) end

-- A Quarto book puts an empty chapter called «Appendices» before the first appendix.
-- Its place starts the lettering in the PDF; the chapter itself says nothing and is dropped in print.
-- The embedded engine writes the same `#show: vedlegg` itself.
local lettered = false

-- The chapters of booklets (`notat: hefter:` in _quarto.yml) are documents of their own in print: they are left out
-- of Quarto's one document here, and written after it. File of a chapter → name of its booklet.
local booklets = {}
local cut = "notat-hefte" -- format of the raw blocks that say where a chapter of a booklet begins, and another ends it
local elsewhere = {} -- id in a chapter left out → what a reference prints, and the file that it leads to
local leaving = nil -- the same of the chapter being read, if it is left out

local function read_booklets(meta)
  local listed = meta.notat and meta.notat.hefter or {}
  for _, entry in ipairs(listed) do
    for _, file in ipairs(entry.kapitler or {}) do
      booklets[pandoc.utils.stringify(file)] = pandoc.utils.stringify(entry.fil)
    end
  end
end

local function name_of(header, file, appendix)
  local number = tonumber(file.bookItemNumber)
  if header.classes:includes("unnumbered") or not number then return say("«{title}»", { title = pandoc.utils.stringify(header) }) end
  if appendix then return say("Vedlegg") .. "\u{a0}" .. string.char(64 + number) end
  return say("Kapittel") .. "\u{a0}" .. math.floor(number)
end

local function chapter_start(header)
  local state = quarto.doc.file_metadata()
  local file = state and state.file
  if header.level ~= 1 or not file or html then return nil end
  local booklet = booklets[file.bookItemFile]
  if booklet then
    local name = booklet .. (typst and ".pdf" or ".docx")
    -- Quarto gives its divider alone the type «appendix», and says of the chapters after it that they are chapters.
    local words = say("{chapter} i {file}", { chapter = name_of(header, file, state.appendix), file = name }):gsub(" (%S+)$", "\u{a0}%1")
    leaving = { words = words, file = name }
    return { pandoc.RawBlock(cut, words .. "\t" .. name), header }
  end
  leaving = nil
  local blocks = pandoc.Blocks { pandoc.RawBlock(cut, "") }
  if file.bookItemType ~= "appendix" then
    blocks:insert(header)
    return blocks
  end
  if typst and not lettered then
    blocks:insert(pandoc.RawBlock("typst", "#show: vedlegg"))
    lettered = true
  end
  if not header.classes:includes("unnumbered") then blocks:insert(header) end
  return blocks
end

-- What Quarto numbers itself is to filters one node, whose id no other element has.
local function note_numbered(node)
  if leaving and node.identifier and node.identifier ~= "" then elsewhere[node.identifier] = leaving end
end

local function note_ids(block, words, file)
  local function note(element)
    if element.identifier ~= "" then elsewhere[element.identifier] = { words = words, file = file } end
  end
  pandoc.Blocks({ block }):walk { Header = note, Div = note, Span = note, Figure = note, Table = note }
end

-- The list of works is that of the whole book, also of those that only a booklet refers to.
local function list_every_work(doc)
  local read, works = pcall(pandoc.utils.references, doc) -- what cannot be read, the citation processor reports
  if not read or #works == 0 then return end
  doc.meta.nocite = pandoc.Inlines(works:map(function(work)
    return pandoc.Cite({ pandoc.Str("@" .. work.id) }, { pandoc.Citation(work.id, "AuthorInText") })
  end)) -- those that the author named there are among them
end

-- The document without the chapters of the booklets.
local function leave_out(doc)
  if next(booklets) and not html then list_every_work(doc) end
  local kept, words, file = pandoc.Blocks {}, nil, nil
  for _, block in ipairs(doc.blocks) do
    if block.t == "RawBlock" and block.format == cut then
      words, file = block.text:match("^(.*)\t(.*)$")
    elseif block.t == "RawBlock" and block.text:find("quarto-file-metadata", 1, true) then
      kept:insert(block) -- it stands before the heading of the chapter that it is about
    elseif words then
      note_ids(block, words, file)
    else
      kept:insert(block)
    end
  end
  doc.blocks = kept
  return doc
end

local function led(id)
  local found = elsewhere[id]
  return found and pandoc.Link(found.words, found.file)
end

-- A reference to what was left out is a link to its file. Among several, each stands for itself.
local function lead_cite(cite)
  local result, found = pandoc.Inlines {}, false
  for i, citation in ipairs(cite.citations) do
    local link = led(citation.id)
    found = found or link
    if i > 1 then result:extend { pandoc.Str(","), pandoc.Space() } end
    if link and #citation.prefix > 0 then
      result:extend(citation.prefix)
      result:insert(pandoc.Space())
    end
    result:insert(link or pandoc.Cite({ pandoc.Str("@" .. citation.id) }, { citation }))
    if link then result:extend(citation.suffix) end
  end
  return found and result or nil
end

-- The path in the project of what a chapter's link names from its own folder.
local function in_project(target)
  local state = quarto.doc.file_metadata()
  local folder = state and state.file and state.file.resourceDir or "."
  local parts = pandoc.List {}
  for part in ((target:sub(1, 1) == "/" and "" or folder .. "/") .. target):gmatch("[^/]+") do
    if part == ".." then
      parts:remove()
    elseif part ~= "." then
      parts:insert(part)
    end
  end
  return table.concat(parts, "/")
end

local function lead_link(link)
  local path, id = link.target:match("^([^#]*)#?(.*)$")
  if path == "" then return led(id) end
  local booklet = not path:match("^%a+:") and booklets[in_project(path)]
  if booklet and not html then link.target = booklet .. (typst and ".pdf" or ".docx") end
  return link
end

local lead_out = { Cite = lead_cite, Link = lead_link }

-- title-block.html gives the home page of a book a cover.
local function cover(meta)
  if home == "./" and pandoc.path.filename(quarto.doc.input_file) == "index.qmd" then meta.forside = true end
  return meta
end

table.insert(filters, { Pandoc = keep_leads })

-- The embedded engine has taken out what does not hold before it reads the text.
if quarto then table.insert(filters, 1, { Div = settle, Span = settle }) end

if quarto and quarto.doc and quarto.utils and quarto.utils.file_metadata_filter then
  if html then table.insert(filters, { Meta = cover }) end
  table.insert(filters, quarto.utils.combineFilters { quarto.utils.file_metadata_filter(), { Header = chapter_start, FloatRefTarget = note_numbered, Callout = note_numbered, Theorem = note_numbered } })
  table.insert(filters, 1, { Meta = read_booklets })
  table.insert(filters, { Pandoc = leave_out })
  table.insert(filters, quarto.utils.combineFilters { quarto.utils.file_metadata_filter(), lead_out })
end

return filters
