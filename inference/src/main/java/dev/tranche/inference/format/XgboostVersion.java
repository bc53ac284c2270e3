package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;

/// The XGBoost that wrote a file. The same bytes mean different things to different versions, so a version
/// that was never compared with the library is refused.
record XgboostVersion(int major, int minor) {
    private static final int NEWEST_MAJOR = 3;
    private static final int NEWEST_MINOR = 4;

    /// The version, checked to be one that is understood; 0 for files from before versions were written.
    static XgboostVersion of(int major, int minor) {
        XgboostVersion version = new XgboostVersion(major, minor);
        if (major < 0 || minor < 0 || !version.before(NEWEST_MAJOR, NEWEST_MINOR + 1)) {
            throw ArtifactException.of(
                    "model_version",
                    "XGBoost " + major + "." + minor + " is not known, allowed up to " + NEWEST_MAJOR + "."
                            + NEWEST_MINOR);
        }
        return version;
    }

    boolean before(int otherMajor, int otherMinor) {
        return major < otherMajor || (major == otherMajor && minor < otherMinor);
    }
}
