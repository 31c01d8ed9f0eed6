"""`python -m xuncha_lib.cli`."""

from xuncha_lib.cli import main

if __name__ == "__main__":
    main()
