"""The tether of a fork server: imported there, it lets the fork server end with what started it.

By itself it ends when nobody holds its pipe any more. But each of its typesetters holds it too,
so one that hangs would stay, and keep its fork server, for ever. The system's tether hangs on the
thread that started the fork server, so it is only for those whose thread lives as long as the
process.
"""

import sys

from foldwell.build.limits import end_with_the_parent

end_with_the_parent()
# A typesetter that starts just as its build is stopped cannot; nobody needs to know.
sys.excepthook = lambda *_: None
