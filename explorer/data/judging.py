"""What people decided, and the two ways to change it; nothing here is kept."""

from __future__ import annotations

from explorer.data.core import workspace
from graph.build.judgements import Judgement, holding, judgements


def decided(*about: str) -> Judgement | None:
    """Give the judgement about a finding, two applications or a member that holds now."""
    return holding(judgements(workspace().judgements()), about)


def judge(decision: str, about: tuple[str, ...], why: str, by: str, seen: str | None) -> str:
    """Write a judgement and build; give its id. Errors are the user's to resolve.

    Parameters
    ----------
    seen
        The judgement that the page showed as holding; None if it showed that there is none.
    """
    from ingest.decide import judge as decide

    return decide(workspace(), decision, about, why=why, by=by, seen=seen).id


def undo(judgement: str, by: str) -> None:
    """Take a judgement back in somebody's name, and build."""
    from ingest.decide import undo as take_back

    take_back(workspace(), judgement, by=by)
