"""The one exception of the package."""


class Refused(Exception):
    """What cannot be exported exactly: by name, why, and what to do instead."""

    def __init__(self, what, why, advice=""):
        super().__init__(what, why, advice)
        self.what = what
        self.why = why
        self.advice = advice

    def __str__(self):
        text = "%s is not exported: %s" % (self.what, self.why)
        return "%s. %s" % (text, self.advice) if self.advice else text
