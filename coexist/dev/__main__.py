import sys

from coexist.embedded import EngineError

from . import bench, checks, demo, manage, testing
from .processes import StopError

COMMANDS = {
    "demo": demo.run,
    "test": testing.run,
    "check": checks.run,
    "manage": manage.run,
    "bench": bench.run,
}


def main() -> int:
    name, *arguments = sys.argv[1:]
    if name not in COMMANDS:
        print(f"dev: {name!r} is none of {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](arguments)
    except (StopError, EngineError) as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
