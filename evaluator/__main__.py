"""``python -m evaluator`` is the same as ``evaluate``."""

from evaluator.cli import main

if __name__ == "__main__":
    main()
