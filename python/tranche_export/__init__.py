"""Writes trained models as Tranche artifact folders: data instead of pickles, proven by golden rows.

    from tranche_export import export
    export(pipeline, "consumer_apply_xgb_v1.0", data=frame, label={"name": "bad", "definition": "…", "positive": "1"})
"""

from .functions import log1p
from .refusal import Refused

__all__ = ["Refused", "export", "export_card", "export_file", "log1p"]


def export(model, name, data, **options):
    """See `tranche_export.pipelines.export`."""
    from .pipelines import export as write

    return write(model, name, data, **options)


def export_card(card, name, **options):
    """See `tranche_export.cards.export_card`."""
    from .cards import export_card as write

    return write(card, name, **options)


def export_file(path, name, **options):
    """See `tranche_export.files.export_file`."""
    from .files import export_file as write

    return write(path, name, **options)
