-- Pandoc as a process that converts text after text: starting it takes ten times as long as a section of a chapter does.
--
-- A request is a line of JSON and, after it, as many bytes of text as it says. The answer is a line with the number of
-- bytes, and then these; -1 where Pandoc has complained of anything. Whoever asked does that again in a process of its
-- own, which says why.

-- What of a request is no option of the writer.
local names = { filter = true, from = true, to = true, folder = true, size = true, template_file = true }

local function options_of(request)
  local options = {}
  for name, value in pairs(request) do
    if not names[name] then options[name] = value end
  end
  -- What the command gives every document that stands alone.
  if request.to == "docx" then options.template = pandoc.template.compile(pandoc.template.default("openxml")) end
  if request.template_file then
    local file <close> = assert(io.open(request.template_file))
    options.template = pandoc.template.compile(file:read("a"), request.template_file)
  end
  return pandoc.WriterOptions(options)
end

local function convert(request, text)
  local reader = pandoc.ReaderOptions { columns = 72 } -- the default of the command
  local document = pandoc.read(text, request.from, reader)
  local options = options_of(request)
  for _, file in ipairs(request.filter) do
    local env = setmetatable({ FORMAT = request.to:match("^%w+") }, { __index = _G })
    document = pandoc.utils.run_lua_filter(document, file, env)
  end
  local written = pandoc.write(document, request.to, options)
  -- The command ends every text with a line break.
  return (request.to == "docx" or written:sub(-1) == "\n") and written or written .. "\n"
end

local function converted(request, text)
  local done, result
  local said = pandoc.log.silence(function()
    done, result = pcall(pandoc.system.with_working_directory, request.folder, function() return convert(request, text) end)
  end)
  for _, message in ipairs(said) do
    local level = pandoc.json.decode(pandoc.json.encode(message), false).verbosity
    if level ~= "INFO" and level ~= "DEBUG" then done = false end
  end
  pandoc.mediabag.empty() -- what one text has looked up is nothing to the next
  return done and result or nil
end

for line in io.lines() do
  local request = pandoc.json.decode(line, false)
  local text = request.size > 0 and io.read(request.size) or ""
  local result = converted(request, text)
  io.write(result and #result or -1, "\n", result or "")
  io.flush()
end
