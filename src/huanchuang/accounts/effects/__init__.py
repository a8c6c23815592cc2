"""What accounts does with the news of the sign-in libraries, and what it checks at start."""


def connect() -> None:
    """Join receivers and checks; called once, when all apps stand."""
