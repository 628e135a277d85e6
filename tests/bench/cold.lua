-- Asks for each line of a file once, in order: wrk -t1 -s cold.lua URL -- FILE
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  paths, position = {}, 0
  for line in io.lines(arguments[1]) do
    table.insert(paths, line)
  end
end

function request()
  position = position + 1
  -- Past the end there is nothing new: such an answer is a 404, and counts as failed.
  return wrk.format("GET", paths[position] or "/there-are-no-more")
end

function asked()
  return threads[1]:get("position")
end

dofile(os.getenv("BENCH_SCRIPTS") .. "/report.lua")
