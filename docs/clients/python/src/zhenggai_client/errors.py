"""The error that the API answers with."""

from zhenggai_client.models import ErrorDetail, Problem


class ProblemError(Exception):
    """An answer that is a problem document (RFC 9457)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem["detail"])
        self.problem = problem

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.problem["status"]

    @property
    def detail(self) -> str:
        """What went wrong, in a sentence."""
        return self.problem["detail"]

    @property
    def errors(self) -> list[ErrorDetail]:
        """What was wrong, one by one, with what is allowed."""
        return self.problem["errors"]

    @property
    def suggestion(self) -> str | None:
        """The nearest thing that exists, of the first error that has one."""
        return next((error["suggestion"] for error in self.errors if error["suggestion"] is not None), None)
