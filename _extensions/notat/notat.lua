-- What Markdown cannot say about the note, for every format and both engines:
-- marked numbers and claims, the three kinds of boxes, and where the appendices begin.

local html = FORMAT:match("html") ~= nil
local typst = FORMAT:match("typst") ~= nil
local docx = FORMAT:match("docx") ~= nil

-- Class of a Div → kind of box. Quarto turns callouts into its own boxes before this filter sees them.
local kinds = {
  hovedfunn = "hovedfunn",
  drofting = "drofting",
  boks = "boks",
  ["callout-note"] = "boks",
  ["callout-tip"] = "boks",
  ["callout-important"] = "boks",
  ["callout-warning"] = "boks",
  ["callout-caution"] = "boks",
}

-- Kind of box → paragraph styles of reference.docx.
local styles = {
  hovedfunn = { title = "Hovedfunn tittel", body = "Hovedfunn" },
  drofting = { title = "Drøfting tittel", body = "Drøfting" },
  boks = { title = "Boks tittel", body = "Boks" },
}

local function kind_of(div)
  for _, class in ipairs(div.classes) do
    if kinds[class] then return kinds[class] end
  end
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

local function html_box(div, title)
  if #title > 0 then
    local paragraph = pandoc.Plain { pandoc.RawInline("html", '<p class="boks-tittel">') }
    paragraph.content:extend(title)
    paragraph.content:insert(pandoc.RawInline("html", "</p>"))
    div.content:insert(1, paragraph)
  end
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

-- Pandoc gives tight list items a style of their own; as paragraphs they keep that of the box.
local function loose(blocks)
  return blocks:walk {
    Plain = function(plain) return pandoc.Para(plain.content) end,
  }
end

local function docx_box(div, kind, title)
  local blocks = pandoc.Blocks {}
  if #title > 0 then blocks:insert(styled({ pandoc.Para(title) }, styles[kind].title)) end
  blocks:insert(styled(loose(div.content), styles[kind].body))
  return pandoc.Div(blocks, pandoc.Attr(div.identifier))
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
  local name = "Tallene bak " .. (div.attributes["data-navn"] or "figuren")
  local blocks = pandoc.Blocks {
    pandoc.RawBlock("html", '<details class="figurdata" data-figur="' .. figure .. '"><summary>' .. name .. "</summary>"),
  }
  blocks:extend(div.content:walk {
    Table = function(tbl)
      for _, body in ipairs(tbl.bodies) do body.row_head_columns = 1 end
      local frame = { { "role", "region" }, { "tabindex", "0" }, { "aria-label", name } } -- pairs, for Lua keys have no order
      return pandoc.Div({ tbl }, pandoc.Attr("", { "tabell-ramme" }, frame))
    end,
  })
  local file = home .. "ressurser/figurdata/" .. figure .. ".csv"
  local saved = pandoc.Attr("", {}, { { "download", "" }, { "aria-label", "Last ned tallene som CSV: " .. name } })
  local link = pandoc.Link("Last ned tallene som CSV", file, "", saved)
  blocks:insert(pandoc.Para { link })
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

local function box(div)
  if div.classes:includes("figurdata") then return figure_data(div) end
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

-- In Word a heading's number is a run of its own and a tab, so that long headings hang.
local function word_number(header)
  local first, second = header.content[1], header.content[2]
  if not docx or not first or first.t ~= "Span" or not first.classes:includes("header-section-number") then return nil end
  first.attributes["custom-style"] = "Section Number"
  if second and second.t == "Space" then header.content[2] = pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>") end
  return header
end

-- A heading that Typst gets as a call, `#heading(…)[14. Tema]`, would hold a list.
local function heading(header)
  if typst then return not_a_list(header) end
  return word_number(header)
end

local filters = { { Div = box }, { Span = package }, { Span = mark, Table = bare_table, Para = not_a_list, Plain = not_a_list, Header = heading } }

-- A Quarto book puts an empty chapter called «Appendices» before the first appendix.
-- Its place starts the lettering in the PDF; the chapter itself says nothing and is dropped in print.
-- The embedded engine writes the same `#show: vedlegg` itself.
local lettered = false

local function appendix_start(header)
  local state = quarto.doc.file_metadata()
  local file = state and state.file
  if header.level ~= 1 or not file or file.bookItemType ~= "appendix" or html then return nil end
  local blocks = pandoc.Blocks {}
  if typst and not lettered then
    blocks:insert(pandoc.RawBlock("typst", "#show: vedlegg"))
    lettered = true
  end
  if not header.classes:includes("unnumbered") then blocks:insert(header) end
  return blocks
end

if quarto and quarto.doc and quarto.utils and quarto.utils.file_metadata_filter then
  table.insert(filters, quarto.utils.combineFilters { quarto.utils.file_metadata_filter(), { Header = appendix_start } })
end

return filters
