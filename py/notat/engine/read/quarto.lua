-- Titles and captions are Markdown in an attribute, which only Pandoc can read. The title of a box or a statement becomes
-- a heading that opens its block, the caption of a figure, a table or a listing the paragraph that ends it.

local boxes = { hovedfunn = true, drofting = true, boks = true }
local statements = { proof = true, remark = true, solution = true }

local function title_of(div)
  for _, class in ipairs(div.classes) do
    if div.attributes.title and (boxes[class] or class:match("^callout%-")) then return "title" end
    if div.attributes.name and statements[class] then return "name" end
  end
  if div.attributes.name and div.identifier:match("^%l+%-.") then return "name" end
end

local function take(element, name)
  local inlines = pandoc.utils.blocks_to_inlines(pandoc.read(element.attributes[name], "markdown").blocks)
  element.attributes[name] = nil
  return inlines
end

-- The name of the attribute with the caption of a float, if it has one.
local function caption_of(element)
  local kind = element.identifier:match("^(%l%l%l)%-.")
  if kind and element.attributes[kind .. "-cap"] then return kind .. "-cap" end
end

function CodeBlock(code)
  local name = caption_of(code)
  if not name then return nil end
  local caption, id = pandoc.Para(take(code, name)), code.identifier
  code.identifier = ""
  return pandoc.Div({ code, caption }, pandoc.Attr(id))
end

function Div(div)
  local caption = caption_of(div)
  if caption then
    div.content:insert(pandoc.Para(take(div, caption)))
    return div
  end
  local name = title_of(div)
  if not name then return nil end
  local inlines = take(div, name)
  div.content:insert(1, pandoc.Header(6, inlines, pandoc.Attr("", { "tittel" })))
  return div
end
